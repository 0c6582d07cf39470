import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StubHost } from '../helpers/stub-host.js';
import { temporaryFolder, type TemporaryFolder } from '../helpers/temporary-folder.js';

const entry = fileURLToPath(new URL('../../bin/dev.js', import.meta.url));

describe('the program on a machine that does not play along', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.dispose();
  });

  /** Runs `rt` after the lines of a shell script, with `HOME` in the temporary folder unless `env` says otherwise. */
  async function run(
    argv: readonly string[],
    { before = ':', env = {} }: { readonly before?: string; readonly env?: Record<string, string> } = {},
  ): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
    const child = spawn('bash', ['-c', `${before}; exec "$@"`, 'bash', process.execPath, entry, ...argv], {
      cwd: folder.path,
      env: { PATH: process.env.PATH, HOME: folder.path, TSX_DISABLE_CACHE: '1', RT_RETRIES: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, stdout, stderr };
  }

  for (const [what, home] of [
    ['a file', 'file'],
    ['below a file', 'file/below'],
    ['in /proc', '/proc'],
  ] as const) {
    it(`C-53 says that the folder of the platform cannot be made when the home is ${what}`, async function () {
      if (home === '/proc' && !existsSync('/proc/self')) this.skip();
      writeFileSync(join(folder.path, 'file'), '');
      const path = home.startsWith('/') ? home : join(folder.path, home);
      const { status, stderr } = await run(['action', 'list'], { env: { HOME: path } });
      assert.equal(status, 5, stderr);
      assert.match(stderr, /^error: cannot make the folder \S+: [a-z].*$/m);
      assert.match(stderr, /^hint: set RT_HOME to a folder on a local disk that you can write to$/m);
    });
  }

  it('C-19 with an empty HOME uses that of the account, not the working folder', async () => {
    const { stdout } = await run(['config', 'path'], { env: { HOME: '' } });
    assert.ok(stdout.includes('/.config/rt/'), stdout);
    assert.doesNotMatch(stdout, /^\s*\.config/m);
    assert.ok(!stdout.includes(folder.path), stdout);
  });

  it('C-43 a file that cannot be saved whole is not saved at all, and the reason is told', async () => {
    const host = await StubHost.start();
    const exec = { kind: 'nodejs:20', binary: false, code: 'x'.repeat(300_000) };
    host.expect('GET /api/v1/namespaces/_/actions/big', { body: { name: 'big', namespace: 'guest', exec } });
    const before = 'trap "" XFSZ; ulimit -f 100';
    const env = { RT_APIHOST: host.url, RT_AUTH: 'uuid:key' };
    const { status, stdout, stderr } = await run(['action', 'get', 'big', '--save'], { before, env });
    await host.close();
    assert.deepEqual([status, stdout], [2, '']);
    assert.equal(stderr, "error: The file 'big.js' cannot be written: it would be larger than is allowed\n");
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('RS-163 a lock that cannot be written is not left behind', async () => {
    const before = 'trap "" XFSZ; ulimit -f 0';
    const { status, stderr } = await run(['property', 'set', '--apihost', 'somewhere.example'], { before });
    assert.equal(status, 2);
    assert.match(stderr, /^error: cannot write \S+\.wskprops: it would be larger than is allowed$/m);
    assert.deepEqual(readdirSync(folder.path), []);
  });
});
