import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Container } from '../../src/lib/containers/container.js';
import { ContainerCreationError } from '../../src/lib/containers/container-factory.js';
import {
  kindImages,
  openTestEngine,
  removeTestImages,
  skipNote,
  testEngine,
  TestDockerDriver,
} from '../helpers/docker-driver.js';
import { initialize, resultOf, run } from '../helpers/process-driver.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { waitUntil } from '../helpers/wait-until.js';

const execute = promisify(execFile);

/** The docker command, from outside of the driver. */
async function docker(...args: string[]): Promise<string> {
  const env = { ...process.env, DOCKER_HOST: testEngine?.name };
  return (await execute('docker', args, { env })).stdout.trim();
}

(testEngine === undefined ? describe.skip : describe)(`docker driver${skipNote}`, function () {
  this.timeout(120_000);
  let driver: TestDockerDriver;
  let atFirst: { networks: string; containers: string };

  const look = async (): Promise<typeof atFirst> => ({
    networks: await docker('network', 'ls', '--format', '{{.Name}}'),
    containers: await docker('ps', '-a', '--format', '{{.Names}}'),
  });

  before(async () => {
    driver = await TestDockerDriver.start();
    atFirst = await look();
  });

  after(async () => {
    await driver.remove();
    await removeTestImages();
    assert.deepEqual(await look(), atFirst);
  });

  const using = async (use: (container: Container) => Promise<void>): Promise<void> => {
    const container = await driver.create('nodejs:20');
    try {
      await resultOf(initialize(container, { code: 'let n = 0; function main() { n += 1; return { n } }' }));
      await use(container);
    } finally {
      await container.destroy();
    }
  };

  it('AI-322, RS-511 makes containers with the name, limits and rights of docker run as OpenWhisk does, and fewer', () =>
    using(async (container) => {
      const [info] = JSON.parse(await docker('inspect', container.driverId)) as [Inspection];
      assert.match(info.Name, /^\/wskrt[0-9a-f]{8}_\d+_test_nodejs20$/);
      const { HostConfig: host } = info;
      assert.deepEqual([host.Memory, host.MemorySwap, host.CpuShares], [256 * 2 ** 20, 256 * 2 ** 20, 128]);
      assert.deepEqual([host.PidsLimit, host.Init, host.Privileged], [512, true, false]);
      assert.deepEqual([host.CapDrop, host.SecurityOpt], [['ALL'], ['no-new-privileges']]);
      assert.deepEqual([host.NetworkMode, host.Binds, host.PortBindings], ['bridge', null, null]);
      assert.equal(info.Config.Labels['org.openwhisk-rt.platform'], driver.options.mark);
    }));

  it('AI-307 pauses and resumes a container, which keeps its state', () =>
    using(async (container) => {
      assert.deepEqual(await resultOf(run(container)), { n: 1 });
      await container.pause();
      assert.equal(await docker('inspect', '--format', '{{.State.Status}}', container.driverId), 'paused');
      await container.resume();
      assert.deepEqual(await resultOf(run(container)), { n: 2 });
    }));

  it('destroys a paused container', async () => {
    const container = await driver.create('nodejs:20');
    await container.pause();
    await container.destroy();
    await container.gone;
  });

  it('AI-311, RS-131 notices a container that was removed behind its back, and says that nothing was sent', () =>
    using(async (container) => {
      await docker('rm', '-f', container.driverId);
      await container.gone;
      assert.deepEqual(await run(container), { type: 'unreachable' });
    }));

  it('RS-131 loses what runs in a container that is killed from outside', () =>
    using(async (container) => {
      const slow = await driver.create('nodejs:20');
      await resultOf(initialize(slow, { code: 'main = () => new Promise(() => console.log("begun"))' }));
      const outcome = run(slow);
      await waitUntil('the action has begun', async () => (await docker('logs', slow.driverId)).includes('begun'));
      await docker('kill', slow.driverId);
      assert.equal((await outcome).type, 'lost');
      await slow.destroy();
      assert.deepEqual(await resultOf(run(container)), { n: 1 });
    }));

  it('AI-326 uses no connection of an earlier container with the same address', async () => {
    for (let round = 0; round < 3; round += 1) {
      await using(async (container) => {
        assert.deepEqual(await resultOf(run(container)), { n: 1 });
      });
    }
  });

  it('AI-323, RS-143 removes what an earlier platform of the same data folder has left, and nothing else', async () => {
    const mark = `left-${String(process.pid)}`;
    const crashed = await TestDockerDriver.start({ mark });
    const left = await crashed.create('nodejs:20');
    const next = await TestDockerDriver.start({ mark });
    const own = await next.create('nodejs:20');
    await using(async (stranger) => {
      assert.equal(await next.factory.removeLeftovers(), 1);
      await left.gone;
      const running = await docker('ps', '--format', '{{.ID}}');
      assert.ok(running.includes(own.driverId) && running.includes(stranger.driverId));
    });
    await Promise.all([crashed.remove(), next.remove()]);
  });

  it('creates more containers at once than are started at a time (action-interface.md §5.4)', async () => {
    const containers = await Promise.all(Array.from({ length: 12 }, () => driver.create('nodejs:20')));
    assert.equal(new Set(containers.map(({ driverId }) => driverId)).size, 12);
    await Promise.all(containers.map((container) => container.destroy()));
  });

  it('reaches a runtime through a published port where containers have no address here', async () => {
    const elsewhere = await TestDockerDriver.start({ platform: 'darwin' });
    const container = await elsewhere.create('nodejs:20');
    await resultOf(initialize(container, { code: 'main = () => ({ a: 1 })' }));
    assert.deepEqual(await resultOf(run(container)), { a: 1 });
    assert.match(await docker('port', container.driverId), /^8080\/tcp -> 127\.0\.0\.1:\d+$/);
    await elsewhere.remove();
  });

  it('RS-132 fails with a reason while the engine is gone, and goes on when it is back', async () => {
    const folder = temporaryFolder();
    const socketPath = join(folder.path, 'engine.sock');
    const proxy = await EngineProxy.start(socketPath);
    const address = { name: `unix://${socketPath}`, options: { socketPath }, chosen: true };
    const cut = await TestDockerDriver.start({ address });
    const container = await cut.create('nodejs:20');
    await container.destroy();
    await proxy.stop();
    await assert.rejects(cut.create('nodejs:20'), (error) => {
      assert.ok(error instanceof ContainerCreationError && error.fault === 'platform');
      assert.match(error.message, /^The container engine: it cannot be reached \((ENOENT|ECONNREFUSED)\)$/);
      return true;
    });
    const back = await EngineProxy.start(socketPath);
    await (await cut.create('nodejs:20')).destroy();
    await cut.remove();
    await back.stop();
    folder.dispose();
  });

  it('tells which kinds have their image here', async () => {
    const present = await driver.factory.availability('nodejs:20');
    assert.deepEqual(present, { available: true, detail: `image ${kindImages['nodejs:20'] ?? ''}` });
    const engine = await openTestEngine();
    assert.equal(await engine.imageId('rt-test/absent:1'), undefined);
  });
});

interface Inspection {
  readonly Name: string;
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
  readonly HostConfig: Readonly<Record<string, unknown>>;
}

/** A socket in front of the engine that can be taken away. */
class EngineProxy {
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(path: string): Promise<EngineProxy> {
    const target = testEngine !== undefined && 'socketPath' in testEngine.options ? testEngine.options.socketPath : '';
    const server = createServer({ allowHalfOpen: true });
    const proxy = new EngineProxy(server);
    server.on('connection', (client) => {
      const engine = connect({ path: target, allowHalfOpen: true });
      for (const socket of [client, engine]) {
        proxy.sockets.add(socket);
        socket.on('error', () => undefined);
      }
      client.pipe(engine).pipe(client);
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return proxy;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => closeServer(this.server, resolve));
  }
}

function closeServer(server: Server, resolve: () => void): void {
  server.close(() => {
    resolve();
  });
}
