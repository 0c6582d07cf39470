import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { identify } from '../../src/lib/platform/process-identity.js';
import { platformProtocol, type PlatformState } from '../../src/lib/platform/state-file.js';
import { TestPlatform } from '../helpers/test-platform.js';

describe('a running platform of another protocol (RS-150)', function () {
  this.timeout(60_000);
  let platform: TestPlatform;
  let old: Server;

  /** A platform of a future version, as far as its control socket goes; it ends when it is asked to. */
  async function startOther(inFlight: number): Promise<void> {
    // A process that has ended by the time when the launcher looks whether it is gone.
    const state: PlatformState = {
      ...{ pid: 2 ** 22 - 1, startTime: '1', instanceId: 'i', version: '9.9.9', protocol: platformProtocol + 1 },
      ...{ url: 'http://127.0.0.1:1', socket: platform.paths.socket, auth: 'u:k', namespace: 'guest' },
      ...{ driver: 'process', kinds: 1, isolation: 'none', started: 1, options: {}, firstUse: false },
    };
    mkdirSync(platform.paths.run, { recursive: true, mode: 0o700 });
    old = createServer((request, response) => {
      const body = request.url === '/rt/state' ? state : { inFlight };
      response.setHeader('connection', 'close');
      response.end(JSON.stringify(body));
      if (request.method === 'POST') old.close();
    }).listen(platform.paths.socket);
    await once(old, 'listening');
  }

  beforeEach(async () => {
    platform = await TestPlatform.create();
  });
  afterEach(async () => {
    old.close();
    await platform.dispose();
  });

  it('is replaced when nothing runs in it', async () => {
    await startOther(0);
    const { state, started, replaced } = await platform.ensure();
    assert.deepEqual({ started, replaced }, { started: true, replaced: '9.9.9' });
    assert.notEqual(identify(state.pid), undefined);
  });

  it('is left alone while activations run, with a hint', async () => {
    await startOther(1);
    await assert.rejects(platform.ensure(), { exitStatus: 5, hint: 'rt platform restart' });
    assert.equal(old.listening, true);
  });
});
