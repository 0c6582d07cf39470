import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type ArtifactOptions, imageArtifact, readArtifact } from '../../src/lib/artifact/code-artifact.js';
import { zipFolder } from '../../src/lib/artifact/zip-folder.js';
import { zipNames } from '../../src/lib/artifact/zip-names.js';
import { UsageError } from '../../src/lib/errors/client-errors.js';
import { FolderWithFiles } from '../helpers/folder-with-files.js';

const run = promisify(execFile);

describe('readArtifact', () => {
  let folder: FolderWithFiles;

  before(async () => {
    folder = await FolderWithFiles.create({
      'hello.js': '\ufefffunction main() {}\r\n',
      'Main.java': 'class Main {}',
      'typed.ts': 'export const main = () => ({})',
      'tool.foo': 'x',
      'fake.zip': 'not a zip',
      'empty.js': '',
      'latin.js': Buffer.from([0x61, 0xe9]),
      'py/__main__.py': 'def main(args): return {}',
      'js/package.json': '{"dependencies":{"left-pad":"1"}}',
      'js/index.js': '',
      'both/index.js': '',
      'both/__main__.py': '',
      'nothing/.git/x': '',
      'native/exec': '',
    });
    await folder.write('py.zip', (await zipFolder(folder.at('py'), 1e6)).zip);
  });

  after(async () => {
    await folder.remove();
  });

  function read(path: string, options: Partial<ArtifactOptions> = {}) {
    return readArtifact(path, { cwd: folder.path, ...options });
  }

  function refused(path: string, options: Partial<ArtifactOptions>, message: RegExp, hint = /^/): Promise<void> {
    return assert.rejects(read(path, options), (error) => {
      assert.ok(error instanceof UsageError, String(error));
      assert.match(error.message, message);
      assert.match(error.hint ?? '', hint);
      return true;
    });
  }

  it('C-34: sends text unchanged, byte order mark and line ends included', async () => {
    const { exec } = await read('hello.js');
    assert.deepEqual(exec, { kind: 'nodejs:default', code: '\ufefffunction main() {}\r\n', binary: false });
  });

  it('C-35: sends a zip as base64 and finds its kind inside', async () => {
    const { exec } = await read('py.zip');
    assert.equal(exec.kind, 'python:default');
    assert.equal(exec.binary, true);
    assert.deepEqual(await zipNames(Buffer.from(exec.code ?? '', 'base64'), 'py.zip'), ['__main__.py']);
  });

  it('C-35: zips a folder, and notes dependencies that are not installed', async () => {
    const { exec, notes } = await read('js');
    assert.equal(exec.kind, 'nodejs:default');
    assert.deepEqual(await zipNames(Buffer.from(exec.code ?? '', 'base64'), 'js'), ['index.js', 'package.json']);
    assert.match(notes.join(), /no node_modules/);
  });

  it('C-36, C-37: takes --kind, --main and an image over name and content', async () => {
    assert.deepEqual((await read('tool.foo', { kind: 'nodejs', main: 'go' })).exec, {
      kind: 'nodejs:default',
      code: 'x',
      binary: false,
      main: 'go',
    });
    assert.deepEqual((await read('tool.foo', { image: 'me/tool' })).exec, {
      kind: 'blackbox',
      code: 'x',
      binary: false,
      image: 'me/tool',
    });
    assert.deepEqual(imageArtifact('me/tool'), { kind: 'blackbox', image: 'me/tool', binary: false });
  });

  it('C-34: forces base64 with --binary and text with --no-binary', async () => {
    assert.equal((await read('tool.foo', { kind: 'go:1', binary: true })).exec.code, 'eA==');
    assert.equal((await read('hello.js', { binary: false })).exec.binary, false);
    assert.equal((await read('latin.js')).exec.binary, true);
    await refused('latin.js', { binary: false }, /'latin\.js' is not text/);
  });

  it('C-33: asks the platform only for TypeScript', async () => {
    const asked: string[] = [];
    const offersFamily = (family: string): Promise<boolean> => {
      asked.push(family);
      return Promise.resolve(true);
    };
    await read('hello.js', { offersFamily });
    assert.equal((await read('typed.ts', { offersFamily })).exec.kind, 'typescript:default');
    assert.deepEqual(asked, ['typescript']);
    await refused('typed.ts', { offersFamily: () => Promise.resolve(false) }, /no runtime for TypeScript/, /build/);
  });

  it('refuses what it cannot send, and says what to do', async () => {
    await refused('nofile.js', {}, /^File 'nofile\.js' is not a valid file or it does not exist$/);
    await refused('hallo.js', { nearest: () => 'hello.js' }, /does not exist/, /did you mean 'hello\.js'/);
    await refused('tool.foo', {}, /^'\.foo' is not a supported action runtime$/, /\.js .*--docker/);
    await refused('Main.java', {}, /^Java actions require --main/);
    await refused('fake.zip', {}, /not a valid zip archive/);
    await refused('both', {}, /index\.js.*__main__\.py/);
    await refused('nothing', {}, /empty folder/);
    await refused('empty.js', {}, /^'empty\.js' is an empty file$/);
    await refused('native', {}, /cannot be told/, /--native/);
    await refused('hello.js', { maxBytes: 5 }, /too large: 23 bytes .* allowed are 5/);
  });

  it('C-55 does not suggest the name of a link that leads nowhere', async () => {
    await symlink('gone', folder.at('loop.js'));
    const offered: string[] = [];
    const nearest = (_word: string, names: readonly string[]): undefined => void offered.push(...names);
    await refused('loop.js', { nearest }, /does not exist/);
    assert.ok(offered.includes('hello.js') && !offered.includes('loop.js'), offered.join());
  });

  it('never waits for a FIFO', async () => {
    await run('mkfifo', [folder.at('pipe.js')]);
    await refused('pipe.js', {}, /not a regular file/);
  });

  it('loads no zip or ignore package for a plain file', async () => {
    const script = `
      const { readArtifact } = await import(${JSON.stringify(new URL('../../src/lib/artifact/code-artifact.ts', import.meta.url).href)});
      await readArtifact('hello.js', { cwd: ${JSON.stringify(folder.path)} });
      const { createRequire } = await import('node:module');
      const { cache } = createRequire(import.meta.url);
      console.log(Object.keys(cache ?? {}).filter((name) => /node_modules.(yazl|yauzl|ignore)./.test(name)).length);
    `;
    const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    assert.equal(stdout.trim(), '0');
  });
});
