import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, utimes } from 'node:fs/promises';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { fromBufferPromise } from 'yauzl';
import { zipFolder } from '../../src/lib/artifact/zip-folder.js';
import { UsageError } from '../../src/lib/errors/client-errors.js';
import { type FileContent, FolderWithFiles } from '../helpers/folder-with-files.js';

const run = promisify(execFile);
const plenty = 1024 * 1024;

interface ZipEntry {
  readonly name: string;
  readonly mode: string;
  readonly date: string;
  readonly extra: number;
}

async function entriesOf(zip: Buffer): Promise<ZipEntry[]> {
  const archive = await fromBufferPromise(zip);
  const entries: ZipEntry[] = [];
  for await (const entry of archive.eachEntry()) {
    const date = entry.getLastModDate();
    entries.push({
      name: entry.fileName,
      mode: (entry.externalFileAttributes >>> 16).toString(8),
      date: `${String(date.getFullYear())}-${String(date.getMonth() + 1)}-${String(date.getDate())} ${String(date.getHours())}`,
      extra: entry.extraFieldRaw.length,
    });
  }
  return entries;
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('zipFolder', () => {
  const folders: FolderWithFiles[] = [];

  async function folderWith(files: Readonly<Record<string, FileContent>>): Promise<FolderWithFiles> {
    const folder = await FolderWithFiles.create(files);
    folders.push(folder);
    return folder;
  }

  async function pathsOf(files: Readonly<Record<string, FileContent>>): Promise<readonly string[]> {
    return (await zipFolder((await folderWith(files)).path, plenty)).paths;
  }

  afterEach(async () => {
    for (const folder of folders.splice(0)) await folder.remove();
  });

  it('C-35: sorts entries by bytes and gives all one time, two modes and no extra fields', async () => {
    const folder = await folderWith({
      'b.js': 'b',
      'a/z.js': '',
      'a.js': { content: '#!/bin/sh', mode: 0o711 },
      'é.js': 'é',
      'Z.js': 'Z',
    });
    const entries = await entriesOf((await zipFolder(folder.path, plenty)).zip);
    assert.deepEqual(
      entries.map(({ name, mode }) => `${mode} ${name}`),
      ['100644 Z.js', '100755 a.js', '100644 a/z.js', '100644 b.js', '100644 é.js'],
    );
    assert.deepEqual([...new Set(entries.map(({ date, extra }) => `${date} ${String(extra)}`))], ['1980-1-1 0 0']);
  });

  it('C-35: gives the same bytes for the same content in another folder with other times and modes', async () => {
    const files = {
      'index.js': 'exports.main = () => ({})',
      'lib/a.js': 'x'.repeat(10_000),
      link: { link: 'index.js' },
    };
    const [one, other] = [await folderWith(files), await folderWith(files)];
    await utimes(other.at('index.js'), 1, 1);
    await chmod(other.at('lib/a.js'), 0o600);
    assert.equal(digest((await zipFolder(one.path, plenty)).zip), digest((await zipFolder(other.path, plenty)).zip));
  });

  it('can be unpacked by other programs, links and execute bits included', async () => {
    const folder = await folderWith({ 'bin/run': { content: 'x', mode: 0o755 }, current: { link: 'bin/run' } });
    const { zip } = await zipFolder(folder.path, plenty);
    const target = await folderWith({ 'a.zip': zip });
    const script = [
      'import zipfile, sys, stat',
      `z = zipfile.ZipFile(${JSON.stringify(target.at('a.zip'))})`,
      'assert z.testzip() is None',
      'for i in z.infolist(): print(i.filename, oct(i.external_attr >> 16), z.read(i).decode())',
    ].join('\n');
    const { stdout } = await run('python3', ['-c', script]);
    assert.equal(stdout, 'bin/run 0o100755 x\ncurrent 0o120777 bin/run\n');
  });

  it('C-35: leaves out what never belongs into an action, at any depth, and zips only in the root', async () => {
    const files = {
      'index.js': '',
      '.git/config': '',
      '.rt/build/x': '',
      'old.zip': '',
      'data/keep.zip': '',
      'a/.DS_Store': '',
    };
    assert.deepEqual(await pathsOf(files), ['data/keep.zip', 'index.js']);
  });

  it('C-35: follows .rtignore with its exceptions, and .wskignore only without one', async () => {
    const files = { 'index.js': '', 'a.log': '', 'keep.log': '', 'tmp/x': '', 'src/tmp/x': '' };
    const rules = '# logs\n*.log\n!keep.log\n/tmp/\n';
    assert.deepEqual(await pathsOf({ ...files, '.rtignore': rules, '.wskignore': '*' }), [
      '.rtignore',
      '.wskignore',
      'index.js',
      'keep.log',
      'src/tmp/x',
    ]);
    assert.deepEqual(await pathsOf({ ...files, '.wskignore': '*.log\n.wskignore\n' }), [
      'index.js',
      'src/tmp/x',
      'tmp/x',
    ]);
  });

  it('leaves out .env files with a note, unless the ignore file brings them back', async () => {
    const folder = await folderWith({ 'index.js': '', '.env': 'KEY=1', '.env.prod': '' });
    const { paths, notes } = await zipFolder(folder.path, plenty);
    assert.deepEqual(paths, ['index.js']);
    assert.equal(notes.length, 2);
    assert.match(notes.join('\n'), /'\.env' is left out/);
    await folder.write('.rtignore', '!.env\n.rtignore\n');
    assert.deepEqual((await zipFolder(folder.path, plenty)).paths, ['.env', 'index.js']);
  });

  const outside: readonly [string, string][] = [
    ['an absolute path', '/etc/hostname'],
    ['a path above the folder', '../secret'],
    ['another link that leads outside', 'way/out'],
  ];
  for (const [what, link] of outside) {
    it(`refuses a link to ${what}`, async () => {
      const folder = await folderWith({
        'index.js': '',
        bad: { link },
        ...(link === 'way/out' ? { way: { link: '..' } } : {}),
      });
      await assert.rejects(
        zipFolder(folder.path, plenty),
        (error) => error instanceof UsageError && /The link '(bad|way)' leads outside/.test(error.message),
      );
    });
  }

  it('stores links inside the folder as links, also dangling ones and links to folders above them', async () => {
    const files = {
      'index.js': '',
      'a/up': { link: '../index.js' },
      'a/all': { link: '..' },
      later: { link: 'not-yet' },
    };
    assert.deepEqual(await pathsOf(files), ['a/all', 'a/up', 'index.js', 'later']);
  });

  it('names FIFOs, sockets and link loops in notes and never opens them', async () => {
    const folder = await folderWith({ 'index.js': '', loop: { link: 'loop' } });
    await run('mkfifo', [folder.at('pipe')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(folder.at('sock'), resolve));
    const { paths, notes } = await zipFolder(folder.path, plenty);
    await new Promise((resolve) => server.close(resolve));
    assert.deepEqual(paths, ['index.js']);
    assert.deepEqual([...notes].sort(), [
      "'loop' is left out; it is a link that leads back to itself",
      "'pipe' is left out; it is a FIFO",
      "'sock' is left out; it is a socket",
    ]);
  });

  it('refuses names that a zip cannot hold', async () => {
    const folder = await folderWith({ 'a\\b.js': '' });
    await assert.rejects(zipFolder(folder.path, plenty), /contains a backslash/);
  });

  it('drops empty folders and keeps empty files', async () => {
    const folder = await folderWith({ 'pkg/__init__.py': '', '__main__.py': '' });
    await mkdir(folder.at('empty'));
    assert.deepEqual((await zipFolder(folder.path, plenty)).paths, ['__main__.py', 'pkg/__init__.py']);
  });

  it('C-35: refuses what is too large and names the five largest files, largest first', async () => {
    const noise = (size: number): Buffer =>
      Buffer.from(Array.from({ length: size }, (_, i) => (i * 7919 * (i % 251)) % 256));
    const files = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`f${String(n)}`, noise(n * 1000)]));
    const folder = await folderWith(files);
    await assert.rejects(zipFolder(folder.path, 2000), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, /is too large/);
      assert.deepEqual(error.hint?.match(/f\d/g), ['f6', 'f5', 'f4', 'f3', 'f2']);
      return true;
    });
  });
});
