import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { type PlatformState, readPlatformState } from '../../src/lib/platform/state-file.js';
import { runRt, type RunResult } from '../helpers/run-rt.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';

describe('the choice of the driver (cli.md §14.1)', function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  let socket: string;
  let engine: Server | undefined;

  beforeEach(() => {
    folder = temporaryFolder();
    socket = join(folder.path, 'engine.sock');
  });
  afterEach(async () => {
    await rt({}, 'platform', 'stop', '--force');
    engine?.closeAllConnections();
    engine?.close();
    engine = undefined;
    folder.dispose();
  });

  const rt = (env: Record<string, string>, ...argv: string[]): Promise<RunResult> => {
    const own = { RT_HOME: join(folder.path, 'home'), RT_PLATFORM_PORT: '0', PATH: process.env.PATH ?? '' };
    const read = (): Promise<PlatformState | undefined> =>
      Promise.resolve(readPlatformState({ state: join(folder.path, 'home', 'run', 'state.json') }));
    const local = { read, ensure: () => Promise.reject(new Error('a platform runs already')) };
    return runRt(argv, { env: { ...own, DOCKER_HOST: `unix://${socket}`, ...env }, home: folder.path, local });
  };
  /** An engine that answers every question with these statuses, by the beginning of the path. */
  const answering = async (statuses: Readonly<Record<string, number>>): Promise<void> => {
    engine = createServer((request, response) => {
      const found = Object.entries(statuses).find(([path]) => request.url?.startsWith(path));
      response.writeHead(found?.[1] ?? 404).end('{}');
    });
    await new Promise<void>((resolve) => engine?.listen(socket, resolve));
  };

  it('docker without an engine is exit 5 with the reason and what to do (RS-132)', async () => {
    const { status, stderr } = await rt({}, 'platform', 'start', '--driver', 'docker');
    assert.equal(status, 5);
    assert.match(stderr, /--driver docker: the container engine at unix:\/\/\S+ does not exist: it is not started/);
    assert.match(stderr, /start Docker or Podman, set DOCKER_HOST, or use --driver process/);
  });

  it('docker with a mute engine is exit 5 within seconds (RS-132)', async () => {
    engine = createServer(() => undefined);
    await new Promise<void>((resolve) => engine?.listen(socket, resolve));
    const { status, stderr } = await rt({}, 'platform', 'start', '--driver', 'docker');
    assert.equal(status, 5);
    assert.match(stderr, /did not answer within 2 s/);
  });

  it('auto falls back to process, and says why when there was an engine to ask', async () => {
    await answering({ '/_ping': 500 });
    const { status, stdout, stderr } = await rt({ RT_PLATFORM_DRIVER: 'auto' }, 'platform', 'start');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /\(driver: process, /);
    assert.match(
      stderr,
      /^note: the container engine at unix:\/\/\S+ answered with status 500; actions run as processes$/m,
    );
  });

  it('auto takes no engine without the image of the default kind, and says how to get it', async () => {
    await answering({ '/_ping': 200 });
    const { stdout, stderr } = await rt({ RT_PLATFORM_DRIVER: 'auto' }, 'platform', 'start');
    assert.match(stdout, /\(driver: process, /);
    assert.match(
      stderr,
      /does not have the image of nodejs:\d+; actions run as processes\. 'rt kind pull nodejs:\d+' gets it/,
    );
  });

  it('kind pull and platform prune without an engine are exit 5 with the reason; names of kinds are checked first', async () => {
    assert.equal((await rt({}, 'kind', 'pull')).status, 2);
    await rt({}, 'platform', 'start');
    const pull = await rt({}, 'kind', 'pull', 'nodejs');
    assert.equal(pull.status, 5);
    assert.match(pull.stderr, /the container engine at unix:\/\/\S+ does not exist/);
    const prune = await rt({}, 'platform', 'prune', '--force');
    assert.equal(prune.status, 5);
    assert.match(prune.stderr, /does not exist: it is not started/);
    assert.match((await rt({}, 'kind', 'pull', 'nodjs:20')).stderr, /the platform has no kind 'nodjs:20'/);
  });
});
