import assert from 'node:assert/strict';
import { readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Container, RuntimeOutcome } from '../../src/lib/containers/container.js';
import type { initialize } from '../helpers/process-driver.js';
import { collect, definedVariables, resultOf, run, TestDriver } from '../helpers/process-driver.js';
import { rawZip } from '../helpers/raw-archives.js';
import { sharedBuilds } from '../helpers/shared-builds.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const buildText = '502 The action failed to generate or locate a binary. See logs for details.';
const startText = '502 Cannot start action. Check logs for details.';

/** A broken source of each language, what `/init` says to it, and what its logs tell. */
const broken = [
  {
    kind: 'php:8.2',
    code: '<?php function main(',
    error: /^502 PHP Parse error: .* in index\.php on line 1$/,
    log: /^$/,
  },
  { kind: 'ruby:2.6', code: 'def main(', error: /^502 main__\.rb:1: syntax error/, log: /^$/ },
  { kind: 'perl:5', code: 'sub main {', error: new RegExp(`^${buildText}$`), log: /Missing right curly/ },
  {
    kind: 'go:1.22',
    code: 'package main\nfunc Main() {',
    error: new RegExp(`^${buildText}$`),
    log: /exec__\.go:2:\d+: syntax error/,
  },
  { kind: 'java:17', code: 'class Main { oops }', error: new RegExp(`^${buildText}$`), log: /^Main\.java:1: error:/ },
  { kind: 'rust:1.34', code: 'pub fn main( {', error: /^502 error: /, log: /^$/ },
] as const;

/** Actions whose entry point is missing, and those that end while they are loaded. */
const unloadable = [
  { kind: 'perl:5', code: 'sub other { return {} }', error: startText },
  { kind: 'java:17', code: 'class Main { }', error: startText },
  { kind: 'php:8.2', code: '<?php exit(1);', error: '502 cannot start action: command exited' },
  { kind: 'ruby:2.6', code: 'exit! 1', error: '502 cannot start action: command exited' },
  { kind: 'go:1.22', code: 'package main\nfunc Main(x string) string { return x }', error: startText },
] as const;

const kinds = ['php:8.2', 'ruby:2.6', 'perl:5', 'go:1.22', 'java:17', 'rust:1.34', 'deno:1', 'bun:1'];

describe('languages of the process driver', function () {
  this.timeout(300_000);
  let driver: TestDriver;

  before(async () => {
    driver = await TestDriver.start({ builds: sharedBuilds(), environment: definedVariables() });
  });

  after(() => driver.remove());

  /** Skips the test, and says so, where the machine lacks the language. */
  async function need(context: Mocha.Context, kind: string): Promise<void> {
    const availability = await driver.factory.availability(kind);
    if (availability.available) return;
    console.warn(`SKIPPED LOUDLY: ${kind}: ${availability.missing}`);
    context.skip();
  }

  async function init(container: Container, value: Parameters<typeof initialize>[1]): Promise<string> {
    return errorOf(await container.send('/init', JSON.stringify({ value: { main: 'main', ...value } }), longBounds));
  }

  for (const { kind, code, error, log } of broken) {
    it(`${kind} tells of a source that cannot be compiled as its image does`, async function () {
      await need(this, kind);
      const container = await driver.create(kind);
      assert.match(await init(container, { code }), error);
      assert.match((await collect(container)).stderr.join('\n'), log);
      await container.destroy();
    });
  }

  for (const { kind, code, error } of unloadable) {
    it(`${kind} tells of an action that does not get ready`, async function () {
      await need(this, kind);
      const container = await driver.create(kind);
      assert.equal(await init(container, { code }), error);
      await container.destroy();
    });
  }

  for (const kind of kinds) {
    it(`RS-221: ${kind} refuses a hostile archive as a whole`, async function () {
      await need(this, kind);
      const container = await driver.create(kind);
      const code = rawZip([{ name: 'index.php' }, { name: '../evil' }]).toString('base64');
      const text = 'archive entry "../evil" would be written outside the folder';
      assert.equal(await init(container, { code, binary: true }), `502 ${text}`);
      await container.destroy();
    });

    it(`RS-223: ${kind} refuses a cut archive and an empty one`, async function () {
      await need(this, kind);
      for (const bytes of [rawZip([{ name: 'main.go' }]).subarray(0, 40), rawZip([])]) {
        const container = await driver.create(kind);
        assert.match(await init(container, { code: bytes.toString('base64'), binary: true }), /^502 ./);
        await container.destroy();
      }
    });
  }

  it('perl runs an action, and tells what it dies of', async function () {
    await need(this, 'perl:5');
    const code = `use strict; sub hello { my ($args) = @_; die "no name\\n" unless $args->{name};
      print "to the log\\n"; return { greeting => "Hello, $args->{name}!", namespace => $ENV{__OW_NAMESPACE} } }`;
    const container = await driver.createWith('perl:5', code, 'hello');
    const body = JSON.stringify({ value: { name: 'wörld ☃' }, namespace: 'guest' });
    const outcome = await container.send('/run', body, longBounds);
    assert.deepEqual(await resultOf(Promise.resolve(outcome)), { greeting: 'Hello, wörld ☃!', namespace: 'guest' });
    assert.deepEqual((await collect(container)).stdout, ['to the log']);
    assert.deepEqual(await resultOf(run(container)), { error: 'no name' });
    await container.destroy();
  });

  it('AI-228: a ready program of a compiled language runs as it is', async function () {
    await need(this, 'go:1.22');
    const code = '#!/bin/sh\necho \'{"ok":true}\' >&3\nwhile read -r line; do echo \'{"ready":1}\' >&3; done\n';
    const container = await driver.create('go:1.22');
    assert.equal(await init(container, { code: Buffer.from(code).toString('base64'), binary: true }), '200');
    assert.deepEqual(await resultOf(run(container)), { ready: 1 });
    await container.destroy();
  });

  it('a source is compiled once, however many containers want it at the same time and later', async function () {
    await need(this, 'java:17');
    const own = await TestDriver.start({ environment: definedVariables() });
    const code = `import com.google.gson.JsonObject;
      public class Main { public static JsonObject main(JsonObject args) { return args; } }`;
    const load = async (source: string): Promise<void> => {
      const container = await own.create('java:17');
      const outcome = await container.send(
        '/init',
        JSON.stringify({ value: { main: 'main', code: source } }),
        longBounds,
      );
      assert.equal(errorOf(outcome), '200');
      await container.destroy();
    };
    const results = async (): Promise<string[]> =>
      (await readdir(own.options.builds)).filter((name) => /^java-[0-9a-f]+$/.test(name));
    await Promise.all([load(code), load(code)]);
    // The launcher is one result, the action the other.
    assert.equal((await results()).length, 2);
    await load(code);
    assert.equal((await results()).length, 2);
    await load(`${code}\n// changed`);
    assert.equal((await results()).length, 3);
    assert.deepEqual(
      (await readdir(own.options.builds)).filter((name) => name.startsWith('tmp-')),
      [],
    );
    await own.remove();
  });

  it('RS-127: a cache of builds that was removed is made again', async function () {
    await need(this, 'java:17');
    const own = await TestDriver.start({ environment: definedVariables() });
    const code = 'public class Main { }';
    for (let round = 0; round < 2; round += 1) {
      const container = await own.create('java:17');
      assert.equal(await init(container, { code }), startText);
      await container.destroy();
      await rm(own.options.builds, { recursive: true });
    }
    await own.remove();
  });

  it('a kind whose interpreter vanishes while the platform runs names what to install, and runs again when it is back', async function () {
    await need(this, 'perl:5');
    const folder = temporaryFolder();
    const path = folder.path;
    const program = join(path, 'perl');
    await symlink('/usr/bin/perl', program);
    const other = await TestDriver.start({ path });
    await (await other.create('perl:5')).destroy();
    await rm(program);
    await assert.rejects(other.create('perl:5'), {
      fault: 'platform',
      message: 'perl:5: perl was not found; install it, for example with apt-get install perl',
    });
    await symlink('/usr/bin/perl', program);
    await (await other.create('perl:5')).destroy();
    await other.remove();
    folder.dispose();
  });

  it('AI-321: images other than the two that need none are refused with what they need', async () => {
    await assert.rejects(driver.create('blackbox', {}, 'example/own:1'), {
      fault: 'platform',
      message: 'image example/own:1 needs Docker',
    });
    assert.deepEqual(await driver.factory.availability('swift:5.3'), {
      available: false,
      missing: 'swift actions need Docker: the process driver has no launcher for them',
    });
  });

  it('AI-233: an executable must name the execution environment that the container wants', async () => {
    const script = '#!/bin/sh\nwhile read -r line; do echo \'{"a":1}\' >&3; done\n';
    const zip = (environment?: string): string =>
      rawZip([
        { name: 'exec', content: script },
        ...(environment === undefined ? [] : [{ name: 'exec.env', content: environment }]),
      ]).toString('base64');
    const initWith = async (code: string): Promise<string> => {
      const container = await driver.create('blackbox', { OW_EXECUTION_ENV: 'mine' }, 'openwhisk/actionloop-base');
      try {
        return await init(container, { code, binary: true });
      } finally {
        await container.destroy();
      }
    };
    assert.equal(await initWith(zip('mine\n')), '200');
    assert.equal(await initWith(zip()), '502 cannot start action: open exec.env: no such file or directory');
    assert.equal(
      await initWith(zip('other')),
      '502 cannot start action: Execution environment version mismatch. See logs for details.',
    );
  });

  it('AI-250, AI-252, AI-255: the skeleton runs its stub, refuses a last line that is no object, and an empty script', async () => {
    const image = 'openwhisk/dockerskeleton';
    const container = await driver.create('blackbox', {}, image);
    assert.deepEqual(await resultOf(run(container)), { error: 'This is a stub action. Replace it with custom logic.' });
    assert.match((await collect(container)).stdout[0] ?? '', /^This is a stub action/);
    assert.equal(await init(container, { code: '#!/bin/sh\necho first\necho not an object\n' }), '200');
    const noResult = '502 The action did not return a dictionary or array.';
    assert.equal(errorOf(await run(container)), noResult);
    assert.deepEqual((await collect(container)).stdout, ['first', 'not an object']);
    await container.destroy();
    const empty = await driver.create('blackbox', {}, image);
    assert.equal(await init(empty, { code: '' }), '200');
    assert.equal(errorOf(await run(empty)), noResult);
    await empty.destroy();
  });
});

const longBounds = { timeout: 280_000, responseLimit: 1024 * 1024 };

/** `<status> <error>` of an answer, or the status alone when it has no error. */
function errorOf(outcome: RuntimeOutcome): string {
  if (outcome.type !== 'answer') return outcome.type;
  const match = /"error":("(?:[^"\\]|\\.)*")/.exec(outcome.body)?.[1];
  return match === undefined ? String(outcome.status) : `${String(outcome.status)} ${String(JSON.parse(match))}`;
}
