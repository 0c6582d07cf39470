import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { AgentOfCalls } from '../../src/lib/containers/docker/agent-of-calls.js';

describe('the connections to a container engine', () => {
  it('are not written out with every call, however many are open (P-32)', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const agent = new AgentOfCalls();
    const open = Array.from({ length: 5 }, () =>
      request({ host: '127.0.0.1', port, agent }).on('error', () => undefined),
    );
    try {
      for (const one of open) one.end();
      await Promise.all(open.map((one) => once(one, 'finish')));
      // As the client library does it.
      const text = inspect({ path: '/info', agent }, { showHidden: true, depth: null });
      assert.equal(text, "{ path: '/info', agent: AgentOfCalls }");
    } finally {
      for (const one of open) one.destroy();
      server.closeAllConnections();
      server.close();
    }
  });
});
