import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A small bundle in the form of a release: a digest in the first line, `run(argv)`, and a lazily required module of Node. */
function bundleText(digest: string): string {
  const answer = `exports.run = async (argv) => { console.log(argv.join(' '), later().sep); return argv.includes('bad') ? 3 : 0; };`;
  return `/* ${digest} */ const later = () => require('node:path');\n${answer}\n`;
}

// Node 22.1 and later caches by itself; there the files of our own cache do not exist.
const ownCache = process.versions.node.startsWith('20.') ? describe : describe.skip;

ownCache('bin/run.cjs', () => {
  let root: string;
  let cache: string;

  async function run(argv: readonly string[], env: Record<string, string> = { RT_CACHE_DIR: cache }): Promise<Outcome> {
    return await new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [join(root, 'bin/run.cjs'), ...argv],
        { env },
        (_error, stdout, stderr) => {
          resolve({ status: child.exitCode, stdout, stderr });
        },
      );
    });
  }

  async function cacheFiles(): Promise<string[]> {
    return await readdir(cache).catch(() => []);
  }

  async function onlyCacheFile(): Promise<string> {
    const [name, ...more] = await cacheFiles();
    assert.ok(name !== undefined && more.length === 0, `one cache file, not ${String(more.length + 1)}`);
    return join(cache, name);
  }

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'rt-run-'));
    cache = join(root, 'cache');
    await mkdir(join(root, 'bin'));
    await mkdir(join(root, 'dist'));
    for (const name of ['run.cjs', 'code-cache.cjs']) await copyFile(join(ROOT, 'bin', name), join(root, 'bin', name));
    await writeFile(join(root, 'package.json'), '{ "version": "1.2.3" }');
    await writeFile(join(root, 'dist/rt.cjs'), bundleText('aa'.repeat(16)));
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  for (const word of ['--version', '-V', 'version']) {
    it(`answers ${word} without the bundle (C-77)`, async () => {
      await rm(join(root, 'dist'), { recursive: true });
      const { status, stdout } = await run([word]);
      assert.deepEqual([status, stdout], [0, `rt/1.2.3 ${process.platform}-${process.arch} node-${process.version}\n`]);
    });
  }

  it('says what to do when the bundle is missing', async () => {
    await rm(join(root, 'dist'), { recursive: true });
    const { status, stderr } = await run(['list']);
    assert.equal(status, 70);
    assert.match(stderr, /npm run build/u);
  });

  it('writes a private cache after the first successful command and leaves it alone afterwards', async () => {
    assert.equal((await run(['list'])).stdout, 'list /\n');
    const file = await onlyCacheFile();
    const { mtimeMs, mode } = await stat(file);
    assert.equal(mode & 0o777, 0o600);
    assert.equal((await run(['list', 'again'])).stdout, 'list again /\n');
    assert.equal((await stat(file)).mtimeMs, mtimeMs);
  });

  it('writes no cache after a command that failed', async () => {
    assert.equal((await run(['list', 'bad'])).status, 3);
    assert.deepEqual(await cacheFiles(), []);
  });

  it('names no word of the command line that is not a command', async () => {
    for (const word of ['-u', 'Secret:Key', '../../up', 'a'.repeat(99)]) await run([word, 'secret']);
    assert.match(await onlyCacheFile(), /-any\.bin$/u);
  });

  it('uses another file for another bundle of the same size and time', async () => {
    await run(['list']);
    await writeFile(join(root, 'dist/rt.cjs'), bundleText('bb'.repeat(16)));
    await run(['list']);
    assert.equal((await cacheFiles()).length, 2);
  });

  for (const [damage, spoil] of Object.entries({
    'a zeroed block': (data: Buffer) => data.fill(0, data.length / 4, data.length / 4 + 64),
    'a missing end': (data: Buffer) => data.subarray(0, data.length - 100),
    'one flipped bit': (data: Buffer) => data.fill((data[200] ?? 0) ^ 1, 200, 201),
    'nothing in it': (data: Buffer) => data.subarray(0, 0),
  })) {
    it(`replaces a cache with ${damage} and runs all the same`, async () => {
      await run(['list']);
      const file = await onlyCacheFile();
      const spoiled = Buffer.from(spoil(await readFile(file)));
      await writeFile(file, spoiled);
      const { status, stdout, stderr } = await run(['list']);
      assert.deepEqual([status, stdout, stderr], [0, 'list /\n', '']);
      assert.ok(!(await readFile(file)).equals(spoiled));
    });
  }

  it('runs without a cache when the folder cannot be written', async () => {
    await writeFile(cache, 'a file is in the way');
    assert.deepEqual(await run(['list']), { status: 0, stdout: 'list /\n', stderr: '' });
  });

  it('runs without a cache when the folder can never be made', async () => {
    assert.deepEqual(await run(['list'], { RT_CACHE_DIR: '/proc/none/rt' }), {
      status: 0,
      stdout: 'list /\n',
      stderr: '',
    });
  });

  it('runs without a cache when no home folder is known', async () => {
    assert.deepEqual(await run(['list'], {}), { status: 0, stdout: 'list /\n', stderr: '' });
  });

  it('follows XDG_CACHE_HOME and HOME', async () => {
    await run(['list'], { XDG_CACHE_HOME: join(root, 'xdg') });
    await run(['list'], { HOME: join(root, 'home') });
    assert.equal((await readdir(join(root, 'xdg/rt'))).length, 1);
    assert.equal((await readdir(join(root, 'home/.cache/rt'))).length, 1);
  });

  it('keeps only the newest caches', async () => {
    for (let index = 0; index < 60; index += 1) {
      await mkdir(cache, { recursive: true });
      await writeFile(join(cache, `code-${String(index)}.bin`), '');
    }
    await run(['list']);
    assert.ok((await cacheFiles()).length <= 48);
  });
});
