import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { PlatformError } from '../../src/lib/errors/client-errors.js';
import { closeServer } from '../../src/lib/platform/listeners.js';
import { ReservedAddress } from '../../src/lib/platform/reserved-address.js';

describe('a reserved address', () => {
  it('is known before a server has it, and who has connected meanwhile is answered', async () => {
    const address = await ReservedAddress.reserve('127.0.0.1', 0);
    const early = ask(`${address.url}/early`);
    const { port } = new URL(address.url);
    await once(connect(Number(port), '127.0.0.1').end(), 'connect');
    const server = createServer((request, response) => void response.end(`answer to ${request.url ?? ''}`));
    await address.handOver(server);
    try {
      assert.equal(await early, 'answer to /early');
      assert.equal(await ask(`${address.url}/late`), 'answer to /late');
    } finally {
      await closeServer(server);
    }
    await assert.rejects(ask(address.url), { code: 'ECONNREFUSED' });
  });

  it('can be given back', async () => {
    const address = await ReservedAddress.reserve('127.0.0.1', 0);
    address.release();
    await assert.rejects(ask(address.url), { code: 'ECONNREFUSED' });
  });

  it('RS-147: is refused with the port when somebody else has it', async () => {
    const address = await ReservedAddress.reserve('127.0.0.1', 0);
    const { port } = new URL(address.url);
    try {
      await assert.rejects(ReservedAddress.reserve('127.0.0.1', Number(port)), (error: unknown) => {
        assert.ok(error instanceof PlatformError);
        assert.match(error.message, new RegExp(`^port ${port} is in use by `));
        return true;
      });
    } finally {
      address.release();
    }
  });
});

async function ask(url: string): Promise<string> {
  const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
  return text(response);
}
