import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { readArtifact, type ReadArtifact } from '../../src/lib/artifact/code-artifact.js';
import type { NpmOptions } from '../../src/lib/artifact/npm-packages.js';
import { zipNames } from '../../src/lib/artifact/zip-names.js';
import { FolderWithFiles } from '../helpers/folder-with-files.js';
import { waitUntil } from '../helpers/wait-until.js';

const run = promisify(execFile);

/** Installs are real, from archives in the folder, so that no registry is needed. */
describe('C-35 --npm', function () {
  this.timeout(120_000);

  let folder: FolderWithFiles;
  let env: Record<string, string>;

  /** A package as an archive that npm installs without a network. */
  async function pack(name: string): Promise<void> {
    await folder.write(`made/${name}/package/package.json`, JSON.stringify({ name, version: '1.0.0' }));
    await folder.write(`made/${name}/package/index.js`, 'module.exports = 1;');
    await run('tar', ['-czf', folder.at(`app/${name}.tgz`), '-C', folder.at(`made/${name}`), 'package']);
  }

  beforeEach(async () => {
    folder = await FolderWithFiles.create({
      'app/package.json': JSON.stringify({
        name: 'app',
        dependencies: { one: 'file:./one.tgz' },
        devDependencies: { two: 'file:./two.tgz' },
      }),
      'app/index.js': "require('one')",
      'app/.git/config': 'x',
      'app/.rtignore': '*.tgz\n',
      'temporary/.keep': '',
      'home/.keep': '',
    });
    await folder.write('app/tool', { content: '#!/bin/sh\n', mode: 0o755 });
    await pack('one');
    await pack('two');
    env = { PATH: process.env.PATH ?? '', HOME: folder.at('home'), npm_config_offline: 'true' };
  });

  afterEach(() => folder.remove());

  function read(
    mode: NpmOptions['mode'],
    options: { readonly path?: string; readonly signal?: AbortSignal } = {},
  ): Promise<ReadArtifact> {
    const signal = options.signal ?? new AbortController().signal;
    const packages: NpmOptions = { mode, env, temporary: folder.at('temporary'), platform: process.platform, signal };
    return readArtifact(options.path ?? 'app', { cwd: folder.path, packages });
  }

  async function namesIn({ exec }: ReadArtifact): Promise<readonly string[]> {
    return zipNames(Buffer.from(exec.code ?? '', 'base64'), 'zip');
  }

  /** The folder as it was, and no copy of it anywhere. */
  async function assertUntouched(): Promise<void> {
    assert.equal(existsSync(folder.at('app/node_modules')), false);
    assert.deepEqual(await readdir(folder.at('temporary')), ['.keep']);
  }

  it('C-35: installs the packages that are needed at run time in a copy, which is removed', async () => {
    const artifact = await read('auto');
    const names = await namesIn(artifact);
    assert.ok(names.includes('node_modules/one/index.js'), names.join());
    assert.ok(!names.some((name) => name.startsWith('node_modules/two/') || name.startsWith('.git')), names.join());
    assert.ok(!names.includes('package-lock.json'));
    assert.deepEqual([artifact.exec.kind, artifact.notes], ['nodejs:default', []]);
    await assertUntouched();
  });

  it('C-35: installs exactly what a lock file says, and without one says that there is none', async () => {
    await assert.rejects(read('ci'), /npm ci failed in a copy of 'app':\n[\s\S]*package-lock\.json/);
    await run('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], { cwd: folder.at('app'), env });
    const lock = await readFile(folder.at('app/package-lock.json'), 'utf8');
    const names = await namesIn(await read('auto'));
    assert.ok(names.includes('node_modules/one/index.js'));
    assert.equal(await readFile(folder.at('app/package-lock.json'), 'utf8'), lock);
    await assertUntouched();
  });

  it('C-35: shows what npm says when it fails', async () => {
    await folder.write('app/package.json', '{"dependencies":{"none":"file:./none.tgz"}}');
    await assert.rejects(read('install'), /npm install failed in a copy of 'app':\n[\s\S]*none\.tgz/);
    await assertUntouched();
  });

  it('C-35: says that npm is missing', async () => {
    env['PATH'] = folder.at('home');
    await assert.rejects(read('install'), /npm cannot be started, so the packages of 'app' are not installed/);
    await assertUntouched();
  });

  it('C-35: refuses files, and folders without package.json', async () => {
    await assert.rejects(
      read('auto', { path: 'app/index.js' }),
      /--npm needs a folder, and 'app\/index\.js' is a file/,
    );
    await folder.write('plain/index.js', '');
    await assert.rejects(
      read('auto', { path: 'plain' }),
      /'plain' has no package\.json, so --npm has nothing to install/,
    );
  });

  it('C-63: ends npm and its scripts when it is interrupted, and leaves no copy', async () => {
    const started = folder.at('started');
    const script = `echo $$ > '${started}'; exec sleep 600`;
    await folder.write('app/package.json', JSON.stringify({ name: 'app', scripts: { preinstall: script } }));
    const controller = new AbortController();
    const reading = assert.rejects(read('install', { signal: controller.signal }), /npm install failed/);
    await waitUntil('the script runs', () => existsSync(started), 60_000);
    await waitUntil('it has told its number', async () => (await readFile(started, 'utf8')).includes('\n'));
    controller.abort();
    await reading;
    const pid = Number(await readFile(started, 'utf8'));
    await waitUntil('the script has ended', () => !isAlive(pid), 15_000);
    await assertUntouched();
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
