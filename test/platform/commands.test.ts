import assert from 'node:assert/strict';
import { ControlClient } from '../../src/lib/platform/control-client.js';
import { platformPaths } from '../../src/lib/platform/platform-paths.js';
import { readPlatformState } from '../../src/lib/platform/state-file.js';
import { identify } from '../../src/lib/platform/process-identity.js';
import { runRt, type RunResult } from '../helpers/run-rt.js';
import { eventually } from '../helpers/test-platform.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';

describe('rt platform', function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  const env = (): Record<string, string> => ({
    RT_HOME: `${folder.path}/rt-home`,
    RT_PLATFORM_PORT: '0',
    PATH: process.env.PATH ?? '',
  });
  const rt = (...argv: string[]): Promise<RunResult> => runRt(['platform', ...argv], { env: env(), home: folder.path });

  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await rt('stop', '--force');
    folder.dispose();
  });

  it('starts with one line, and is as good as started when it runs (C-74)', async () => {
    const first = await rt('start');
    assert.equal(first.status, 0, first.stderr);
    assert.match(
      first.stdout,
      /^ok: local platform ready at http:\/\/127\.0\.0\.1:\d+ \(driver: process, \d+ kinds\) in \d+\.\d s\n$/,
    );
    assert.match(
      first.stderr,
      /^note: actions run as ordinary processes of your account \(driver: process, isolation: limits\)/,
    );
    const again = await rt('start');
    assert.match(again.stdout, /^ok: local platform is running at http:\/\/127\.0\.0\.1:\d+ \(pid \d+\)\n$/);
    assert.equal(again.stderr, '');
    const other = await rt('start', '--pool', '1GB', '--json');
    assert.equal(other.status, 5);
    assert.match(
      other.stdout,
      /"message":"the local platform runs already, with other options: --pool 1024 \(it has 2048\)"/,
    );
  });

  it('stops, and stops again (cli.md §14.1)', async () => {
    await rt('start', '--ephemeral');
    assert.match((await rt('stop')).stdout, /^ok: stopped local platform \(pid \d+\)\n$/);
    assert.deepEqual(await rt('stop'), { status: 0, stdout: 'ok: local platform is not running\n', stderr: '' });
  });

  it('exits status with 0 while it runs and 1 when it does not', async () => {
    assert.deepEqual(await rt('status'), { status: 1, stdout: 'local platform: not running\n', stderr: '' });
    assert.deepEqual(JSON.parse((await rt('status', '--json')).stdout), { running: false, healthy: false });
    await rt('start');
    const { status, stdout } = await rt('status');
    assert.equal(status, 0);
    assert.match(stdout, /^local platform: running\nurl: +http/);
    assert.match(stdout, /\nnote: actions run as ordinary processes/);
    const document = JSON.parse((await rt('status', '--json')).stdout) as Record<string, unknown>;
    assert.deepEqual([document['running'], document['healthy'], document['driver']], [true, true, 'process']);
  });

  it('lists runtimes, and says so when there is no platform', async () => {
    assert.equal((await rt('ps')).status, 1);
    await rt('start');
    const paths = platformPaths({
      ...{ env: env(), home: folder.path, temporary: folder.path, cwd: folder.path },
      ...{ platform: process.platform, user: process.getuid?.() },
    });
    const control = new ControlClient({ socket: paths.socket, timeout: 5_000 });
    await eventually(async () => (await control.containers()).some(({ state }) => state === 'stem cell'));
    const containers = await control.containers();
    const { status, stdout } = await rt('ps', '--json');
    assert.equal(status, 0);
    const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);
    assert.deepEqual(ids(JSON.parse(stdout) as { id: string }[]), ids(containers));
    assert.match(
      (await rt('ps')).stdout,
      /^Kind +Action +State +Memory +Age +Activations +Driver id\nnodejs:\d+ +- +st/,
    );
    const state = readPlatformState(paths);
    assert.notEqual(identify(state?.pid ?? 0), undefined);
  });

  it('prints its log as text and as one object a line', async () => {
    await rt('start');
    assert.match((await rt('logs', '--tail', '1')).stdout, /^\d{4}-\S+Z info platform ready at http.*\n$/);
    const [line = ''] = (await rt('logs', '-n', '1', '--json')).stdout.split('\n');
    assert.equal((JSON.parse(line) as { component: string }).component, 'platform');
    assert.equal((await rt('logs', '--component', 'none')).stdout, '');
    assert.equal((await rt('logs', '--since', 'yesterday')).status, 2);
  });

  it('restarts with other options and keeps what is stored', async () => {
    await rt('start');
    const before = JSON.parse((await rt('status', '--json')).stdout) as { pid: number };
    const { status, stderr } = await rt('restart', '--pool', '1GB');
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    const after = JSON.parse((await rt('status', '--json')).stdout) as { pid: number; memory: { pool: number } };
    assert.notEqual(after.pid, before.pid);
    assert.equal(after.memory.pool, 1024);
  });

  it('asks before a reset, and moves the store aside (RS-124)', async () => {
    await rt('start');
    const refused = await rt('reset');
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /confirm with --force/);
    assert.equal((await rt('status')).status, 0);
    assert.match(
      (await rt('reset', '--force')).stdout,
      /^ok: moved the local store in .*\/platform to .*\/store\.\w+\.bak\n$/,
    );
    assert.equal((await rt('status')).status, 1);
    assert.match((await rt('reset', '--force')).stdout, /is empty\n$/);
    assert.match((await rt('reset', '--purge', '--force', '--json')).stdout, /"backups":\[\]/);
  });

  it('explains why it cannot start, with exit 5 (C-53)', async () => {
    const nowhere = { ...env(), DOCKER_HOST: 'unix:///nowhere.sock' };
    const argv = ['platform', 'start', '--driver', 'docker'];
    const { status, stdout, stderr } = await runRt(argv, { env: nowhere, home: folder.path });
    assert.deepEqual([status, stdout], [5, '']);
    assert.match(
      stderr,
      /^error: --driver docker: .* does not exist: it is not started\nhint: start Docker or Podman, .*\n$/,
    );
    assert.equal((await rt('start', '--port', 'x')).status, 2);
    assert.equal((await rt('start', '--runtimes', 'none.json')).status, 2);
  });
});
