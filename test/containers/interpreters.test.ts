import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interpreters } from '../../src/lib/containers/process/interpreters.js';
import { ProgramSearch } from '../../src/lib/containers/process/program-search.js';
import { TestDriver } from '../helpers/process-driver.js';
import { RecordingLog } from '../helpers/recording-log.js';

describe('interpreters', () => {
  let folder: string;
  let log: RecordingLog;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rt-programs-'));
    log = new RecordingLog();
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const interpreters = (): Interpreters =>
    new Interpreters({ search: new ProgramSearch(folder), node: process.execPath, nodeVersion: '20.19.0', log });

  /** A program that is no script, so that nobody starts it to learn more. */
  async function addProgram(name: string): Promise<string> {
    await symlink(process.execPath, join(folder, name));
    return join(folder, name);
  }

  async function addScript(name: string, output: string): Promise<void> {
    await writeFile(join(folder, name), `#!/bin/sh\n${output}\n`);
    await chmod(join(folder, name), 0o755);
  }

  async function chosen(kind: string): Promise<string> {
    const found = kind.startsWith('python') ? await interpreters().python(kind) : await interpreters().node(kind);
    return 'program' in found ? found.program : found.missing;
  }

  it('are the exact version, else the nearest newer, else the nearest older', async () => {
    for (const name of ['python3.9', 'python3.10', 'python3.12']) await addProgram(name);
    assert.equal(await chosen('python:3.10'), join(folder, 'python3.10'));
    assert.deepEqual(log.lines, []);
    assert.equal(await chosen('python:3.11'), join(folder, 'python3.12'));
    assert.equal(await chosen('python:3.13'), join(folder, 'python3.12'));
    assert.equal(await chosen('python:3'), join(folder, 'python3.12'));
    await addProgram('python3');
    assert.equal(await chosen('python:3'), join(folder, 'python3'));
  });

  it('are warned about once for each kind when the version is another', async () => {
    await addProgram('python3.9');
    const choice = interpreters();
    for (const kind of ['python:3.11', 'python:3.11', 'nodejs:18', 'nodejs:18', 'nodejs:20']) {
      choice.warnOfSubstitute(kind, await (kind.startsWith('python') ? choice.python(kind) : choice.node(kind)));
    }
    assert.deepEqual(log.lines, [
      'warn containers: python:3.11 is not installed; its actions run with python3.9',
      'warn containers: nodejs:18 is not installed; its actions run with node 20.19.0',
    ]);
  });

  it('are found behind shims, and not where a shim stands for nothing', async () => {
    await addScript('python3.11', 'echo "pyenv: command not found" >&2; exit 127');
    await addScript('python3', 'echo /opt/real/python3');
    assert.equal(await chosen('python:3.11'), '/opt/real/python3');
  });

  it('are found behind the shims of pyenv and its relatives without starting them, the version that is set first', async () => {
    const root = join(folder, 'pyenv');
    for (const version of ['3.9.18', '3.10.13', '3.11.7']) {
      await mkdir(join(root, 'versions', version, 'bin'), { recursive: true });
      for (const name of ['python3', `python${version.split('.').slice(0, 2).join('.')}`]) {
        await symlink(process.execPath, join(root, 'versions', version, 'bin', name));
      }
    }
    await mkdir(join(root, 'shims'));
    for (const name of ['python3', 'python3.9', 'python3.10', 'python3.11', 'python3.12']) {
      await writeFile(join(root, 'shims', name), '#!/bin/sh\nexit 99\n', { mode: 0o755 });
    }
    await writeFile(join(root, 'version'), '3.10.13\n');
    const search = new ProgramSearch(join(root, 'shims'));
    const choice = new Interpreters({ search, node: process.execPath, nodeVersion: '20.19.0', log });
    const programOf = async (kind: string): Promise<string> => {
      const found = await choice.python(kind);
      return 'program' in found ? found.program : found.missing;
    };
    assert.equal(await programOf('python:3'), join(root, 'versions', '3.10.13', 'bin', 'python3'));
    assert.equal(await programOf('python:3.9'), join(root, 'versions', '3.9.18', 'bin', 'python3.9'));
    assert.equal(await programOf('python:3.12'), join(root, 'versions', '3.11.7', 'bin', 'python3.11'));
  });

  it('that vanish while the platform runs are looked for again', async () => {
    const choice = interpreters();
    await addProgram('php8.1');
    await addProgram('php8.2');
    const php = { program: 'php', package: 'php-cli' };
    assert.deepEqual(await choice.versioned('php:8.2', php), {
      program: join(folder, 'php8.2'),
      detail: `php8.2: ${join(folder, 'php8.2')}`,
    });
    await rm(join(folder, 'php8.2'));
    assert.deepEqual(await choice.versioned('php:8.2', php), {
      program: join(folder, 'php8.1'),
      detail: `php8.1: ${join(folder, 'php8.1')}`,
      substitute: 'php8.1',
    });
    await rm(join(folder, 'php8.1'));
    assert.deepEqual(await choice.versioned('php:8.2', php), {
      missing: 'php was not found; install it, for example with apt-get install php-cli',
    });
  });

  it('of node are its own, unless that major is on the PATH', async () => {
    assert.equal(await chosen('nodejs:20'), process.execPath);
    await addScript('node', 'echo v18.20.0');
    assert.equal(await chosen('nodejs:18'), join(folder, 'node'));
    assert.equal(await chosen('nodejs:22'), process.execPath);
    await addProgram('node22');
    assert.equal(await chosen('nodejs:22'), join(folder, 'node22'));
  });

  it('of node from 23 on take room for code that the kernel counts as memory (RS-501)', async () => {
    const newer = new Interpreters({
      search: new ProgramSearch(folder),
      node: process.execPath,
      nodeVersion: '24.1.0',
      log,
    });
    const reserved = async (choice: Interpreters, kind: string): Promise<unknown> => {
      const found = await choice.node(kind);
      return 'program' in found ? found.reserved : found;
    };
    assert.deepEqual([await reserved(newer, 'nodejs:24'), await reserved(newer, 'nodejs:10')], [512, 512]);
    assert.equal(await reserved(interpreters(), 'nodejs:20'), undefined);
    await addProgram('node22');
    assert.equal(await reserved(newer, 'nodejs:22'), undefined);
  });

  it('that are missing are named with what to install, and found once they are there', async () => {
    const choice = interpreters();
    const missing = 'python3 was not found; install it, for example with apt-get install python3';
    assert.deepEqual(await choice.python('python:3'), { missing });
    const driver = await TestDriver.start({ path: folder });
    assert.deepEqual(await driver.factory.availability('python:3'), { available: false, missing });
    await assert.rejects(driver.create('python:3'), {
      name: 'ContainerCreationError',
      fault: 'platform',
      message: `python:3: ${missing}`,
    });
    await driver.remove();
    const program = await addProgram('python3');
    assert.deepEqual(await choice.python('python:3'), { program, detail: `python3: ${program}` });
  });

  it('are ordered by the numbers in their versions, the oldest first', async () => {
    for (const name of ['v18.2.0', 'v9.11.0', 'v18.10.1', 'v18.10', 'system', 'v22.1.0-rc1']) {
      await mkdir(join(folder, 'versions', name), { recursive: true });
    }
    const search = new ProgramSearch(folder);
    assert.deepEqual(search.folders(join(folder, 'versions'), /^v/), [
      ...['v9.11.0', 'v18.2.0', 'v18.10', 'v18.10.1', 'v22.1.0-rc1'],
    ]);
  });

  it('are not taken from relative folders of the PATH', () => {
    const search = new ProgramSearch('.:bin::');
    assert.equal(search.find('package.json'), undefined);
  });
});
