import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { engineAddresses, type EngineSurroundings } from '../../src/lib/containers/docker/engine-address.js';
import { EngineError } from '../../src/lib/containers/docker/engine-error.js';
import { findEngine } from '../../src/lib/containers/docker/find-engine.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';

describe('where a container engine is looked for', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.dispose();
  });

  const around = (environment: Record<string, string> = {}): EngineSurroundings => ({
    environment: { XDG_RUNTIME_DIR: folder.path, ...environment },
    home: folder.path,
    platform: 'linux',
    user: 4711,
  });
  const withContext = (name: string, host: string): void => {
    const digest = createHash('sha256').update(name).digest('hex');
    const meta = join(folder.path, '.docker', 'contexts', 'meta', digest);
    mkdirSync(meta, { recursive: true });
    writeFileSync(join(folder.path, '.docker', 'config.json'), JSON.stringify({ currentContext: name }));
    writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
  };

  it('DOCKER_HOST is the only one when it is set', () => {
    withContext('mine', 'unix:///elsewhere.sock');
    assert.deepEqual(engineAddresses(around({ DOCKER_HOST: 'unix:///run/my.sock' })), [
      { name: 'unix:///run/my.sock', options: { socketPath: '/run/my.sock' }, chosen: true },
    ]);
    const [tcp] = engineAddresses(around({ DOCKER_HOST: 'tcp://10.0.0.1:2375' }));
    assert.deepEqual(tcp?.options, { protocol: 'http', host: '10.0.0.1', port: 2375 });
  });

  it('TLS is used with DOCKER_TLS_VERIFY, with the certificates of DOCKER_CERT_PATH', () => {
    for (const name of ['ca', 'cert', 'key']) writeFileSync(join(folder.path, `${name}.pem`), name);
    const tls = { DOCKER_HOST: 'tcp://h', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder.path };
    const [address] = engineAddresses(around(tls));
    const files = { ca: Buffer.from('ca'), cert: Buffer.from('cert'), key: Buffer.from('key') };
    assert.deepEqual(address?.options, { protocol: 'https', host: 'h', port: 2376, ...files });
  });

  it('the current context of the docker command comes before the usual sockets', () => {
    withContext('mine', 'unix:///elsewhere.sock');
    const names = engineAddresses(around()).map(({ name }) => name);
    assert.deepEqual(names, ['unix:///elsewhere.sock']);
    assert.throws(
      () => engineAddresses(around({ DOCKER_CONTEXT: 'other' })),
      /the docker context 'other' names no engine/,
    );
  });

  it('the socket of a rootless Podman is a usual one, and only what exists is tried', () => {
    mkdirSync(join(folder.path, 'podman'));
    writeFileSync(join(folder.path, 'podman', 'podman.sock'), '');
    const own = engineAddresses(around()).filter(({ name }) => name.includes(folder.path));
    const socketPath = join(folder.path, 'podman', 'podman.sock');
    assert.deepEqual(own, [{ name: `unix://${socketPath}`, options: { socketPath }, chosen: false }]);
  });

  it('an address that cannot be understood, and one behind ssh, are named', async () => {
    assert.throws(() => engineAddresses(around({ DOCKER_HOST: 'ssh://me@host' })), EngineError);
    const found = await findEngine(around({ DOCKER_HOST: 'tcp://:port:' }));
    assert.deepEqual(found, {
      fault: "'tcp://:port:' is no address of a container engine; expected unix:///path or tcp://host:port",
      tried: true,
    });
  });

  it('RS-132 an engine that is stopped, mute or broken gives a reason; one that answers is found', async () => {
    const socketPath = join(folder.path, 'engine.sock');
    const environment = { DOCKER_HOST: `unix://${socketPath}` };
    const fault = async (): Promise<string> => {
      const found = await findEngine(around(environment));
      return 'fault' in found ? found.fault : 'none';
    };
    assert.match(await fault(), /engine\.sock does not exist: it is not started$/);
    let server = await listen(socketPath, () => undefined);
    assert.match(await fault(), /did not answer within 2 s$/);
    await close(server);
    server = await listen(socketPath, (answer) => answer(500));
    assert.match(await fault(), /answered with status 500$/);
    await close(server);
    server = await listen(socketPath, (answer) => answer(200));
    assert.equal(await fault(), 'none');
    await close(server);
  });
});

function listen(path: string, respond: (answer: (status: number) => void) => void): Promise<Server> {
  const server = createServer((_, response) => {
    respond((status) => void response.writeHead(status).end());
  });
  return new Promise((resolve) => {
    server.listen(path, () => {
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
