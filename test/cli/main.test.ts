import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync, existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StubHost } from '../helpers/stub-host.js';

const entry = fileURLToPath(new URL('../../bin/dev.js', import.meta.url));

describe('the program', () => {
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'rt-main-'));
  });

  afterEach(() => rm(home, { recursive: true, force: true }));

  function start(
    argv: readonly string[],
    env: Record<string, string> = {},
    stdout: 'pipe' | number = 'pipe',
  ): ChildProcess {
    return spawn(process.execPath, [entry, ...argv], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, RT_HOME: join(home, 'rt'), ...env },
      stdio: ['ignore', stdout, 'pipe'],
    });
  }

  async function finish(child: ChildProcess): Promise<{ status: number | null; stdout: string; stderr: string }> {
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, stdout, stderr };
  }

  it('prints help and version on stdout with status 0, and errors on stderr', async () => {
    const version = await finish(start(['--version']));
    assert.match(version.stdout, /^rt\/\d+\.\d+\.\d+ \S+-\S+ node-v\d+\.\d+\.\d+\n$/);
    const help = await finish(start([]));
    assert.deepEqual([help.status, help.stderr], [0, '']);
    assert.match(help.stdout, /^USAGE$/m);
    const unknown = await finish(start(['kind', 'lits', '--json']));
    assert.equal(unknown.status, 127);
    assert.equal(
      unknown.stdout,
      `{"error":{"message":"'kind lits' is not an rt command","hint":"did you mean 'rt kind list'?","code":"usage","exitCode":127}}\n`,
    );
  });

  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`ends with ${String(status)} on ${signal} while it waits for a host, and leaves nothing behind`, async () => {
      const host = await StubHost.start();
      const env = { RT_APIHOST: host.url, RT_AUTH: 'a:b' };
      const child = start(['kind', 'list'], env);
      const ended = finish(child);
      host.expect('GET /', () => {
        child.kill(signal);
      });
      const result = await ended;
      await host.close();
      // What the user ended is no error to tell of.
      assert.deepEqual(result, { status, stdout: '', stderr: '' });
      assert.deepEqual(await readdir(home), []);
    });
  }

  it('ends quietly when nobody reads its answer any more', async () => {
    const child = start(['version']);
    child.stdout?.destroy();
    assert.deepEqual(await finish(child), { status: 0, stdout: '', stderr: '' });
  });

  it('fails when the answer cannot be written', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const full = openSync('/dev/full', 'w');
    const result = await finish(start(['version'], {}, full));
    closeSync(full);
    assert.equal(result.status, 1);
    assert.match(result.stderr, /^error: cannot write to standard output: .*ENOSPC/);
  });
});
