import assert from 'node:assert/strict';
import type { RuntimeOutcome } from '../../src/lib/containers/container.js';
import { collect, initialize, resultOf, run, TestDriver, wideBounds } from '../helpers/process-driver.js';
import { rawTarGz, rawZip, type RawEntry } from '../helpers/raw-archives.js';

function errorOf(outcome: RuntimeOutcome): string {
  assert.ok(outcome.type === 'answer' && outcome.status !== 200, JSON.stringify(outcome));
  return `${String(outcome.status)} ${String((JSON.parse(outcome.body) as { error: unknown }).error)}`;
}

describe('nodejs runner', () => {
  let driver: TestDriver;

  before(async () => {
    driver = await TestDriver.start();
  });

  after(() => driver.remove());

  async function resultOfText(code: string, main = 'main', value: unknown = {}): Promise<Record<string, unknown>> {
    const container = await driver.createWith('nodejs:20', code, main);
    return resultOf(run(container, value)).finally(() => container.destroy());
  }

  async function resultOfArchive(bytes: Buffer, main = 'main'): Promise<Record<string, unknown>> {
    const container = await driver.create('nodejs:20');
    try {
      await resultOf(initialize(container, { code: bytes.toString('base64'), binary: true, main }));
      return await resultOf(run(container));
    } finally {
      await container.destroy();
    }
  }

  async function initError(value: { code: string; main?: string; binary?: boolean; env?: object }): Promise<string> {
    const container = await driver.create('nodejs:20');
    return errorOf(await initialize(container, value)).replace(/\n[^]*/, '');
  }

  const zip = (entries: Readonly<Record<string, string>>): Buffer =>
    rawZip(Object.entries(entries).map(([name, content]): RawEntry => ({ name, content })));

  describe('single files', () => {
    const texts: Readonly<Record<string, readonly [code: string, main: string]>> = {
      'a dotted entry point': ['const api = { v1: { handler: () => ({ ok: 1 }) } };', 'api.v1.handler'],
      'an arrow in a const': ['const main = () => ({ ok: 1 })', 'main'],
      'module.exports = { main }': ['module.exports = { main: () => ({ ok: 1 }) }', 'main'],
      'default parameters (AI-047)': ['function main({ n = 1 } = {}) { return { ok: n } }', 'main'],
      'return at the top': ['function main() { return { ok: 1 } }\nif (true) return main;', 'main'],
      'a comment at the end': ['function main() { return { ok: 1 } } // end', 'main'],
      'import()': ['async function main() { return { ok: (await import("node:path")).sep.length } }', 'main'],
      'import() of openwhisk': [
        'async function main() { return { ok: +!!(await import("openwhisk")).default } }',
        'main',
      ],
      'more than 500,000 characters (AI-039)': [
        `function main() { return { ok: 1 } } // ${'x'.repeat(600_000)}`,
        'main',
      ],
      'a module with a named export (ours)': [
        'import path from "node:path"; export const main = () => ({ ok: path.sep.length })',
        'main',
      ],
      'a module with a default function of that name (ours)': [
        'export default function main() { return { ok: 1 } }',
        'main',
      ],
      'a module with a default object (ours)': ['export default { main: () => ({ ok: 1 }) }', 'main'],
      'a module that imports openwhisk (ours)': [
        'import ow from "openwhisk"; export const main = () => ({ ok: +!!ow })',
        'main',
      ],
    };

    for (const [what, [code, main]] of Object.entries(texts)) {
      it(`can have ${what}`, async () => {
        assert.deepEqual(await resultOfText(code, main), { ok: 1 });
      });
    }

    it('see gc, an own folder as __dirname and cwd, and the runner as this', async () => {
      const code =
        'function main() { return { gc: typeof gc, cwd: process.cwd() === __dirname, self: this.userScriptMain === main } }';
      assert.deepEqual(await resultOfText(code), { gc: 'function', cwd: true, self: true });
    });

    it('that do not load fail with the texts of the official runner', async () => {
      assert.equal(
        await initError({ code: '#!/usr/bin/env node\nfunction main() {}' }),
        '502 Initialization has failed due to: SyntaxError: Invalid or unexpected token',
      );
      assert.equal(
        await initError({ code: 'await 1; function main() {}' }),
        '502 Initialization has failed due to: SyntaxError: await is only valid in async functions and the top level bodies of modules',
      );
      assert.equal(
        await initError({ code: 'exports.default = () => {}' }),
        "502 Initialization has failed due to: Action entrypoint 'main' is not a function.",
      );
      assert.equal(
        await initError({ code: 'throw new Error("at load")' }),
        '502 Initialization has failed due to: Error: at load',
      );
      assert.equal(
        await initError({ code: 'export const other = 1' }),
        "502 Initialization has failed due to: Action entrypoint 'main' is not a function.",
      );
      assert.equal(
        await initError({ code: 'function main() {\n  return { a: 1 }\n' }),
        '502 Initialization has failed due to: SyntaxError: Unexpected end of input',
      );
      assert.equal(await initError({ code: 'x', main: '' }), '403 Missing main/no code to execute.');
    });

    it('can be sent again after "Missing main/no code", but not after a failed load (AI-001)', async () => {
      const container = await driver.create('nodejs:20');
      await initialize(container, { code: '' });
      await resultOf(initialize(container, { code: 'function main() {}' }));
      const other = await driver.create('nodejs:20');
      await initialize(other, { code: '((' });
      assert.equal(
        errorOf(await initialize(other, { code: 'function main() {}' })),
        '403 System not ready, status is stopped.',
      );
      await Promise.all([container.destroy(), other.destroy()]);
    });

    it('show the place of a syntax error in the logs', async () => {
      const container = await driver.create('nodejs:20');
      await initialize(container, { code: 'let a = 1;\nlet b = ;' });
      const { stderr } = await collect(container);
      assert.match(stderr.join('\n'), /main\.js:2\nlet b = ;\n {8}\^/);
      await container.destroy();
    });
  });

  describe('archives', () => {
    it('can be ES modules, by their package.json or by .mjs', async () => {
      const code =
        'import { readFileSync } from "node:fs"; export function main() { return { ok: readFileSync("d", "utf8") } }';
      const manifest = JSON.stringify({ type: 'module', main: 'lib/start.js' });
      assert.deepEqual(await resultOfArchive(zip({ 'package.json': manifest, 'lib/start.js': code, d: '1' })), {
        ok: '1',
      });
      assert.deepEqual(await resultOfArchive(zip({ 'package.json': '{"main":"a.mjs"}', 'a.mjs': code, d: '2' })), {
        ok: '2',
      });
    });

    it('find openwhisk beside their own packages, which win (AI-050)', async () => {
      const index = 'exports.main = () => ({ version: require("openwhisk/package.json").version })';
      assert.deepEqual(await resultOfArchive(zip({ 'index.js': index })), { version: '3.21.8' });
      const own = { 'node_modules/openwhisk/package.json': '{"version":"0.0.1"}' };
      assert.deepEqual(await resultOfArchive(zip({ 'index.js': index, ...own })), { version: '0.0.1' });
    });

    it('can be tar.gz', async () => {
      const entries = [{ name: './index.js', content: 'exports.main = () => ({ ok: __dirname === process.cwd() })' }];
      assert.deepEqual(await resultOfArchive(rawTarGz(entries)), { ok: true });
    });

    it('that are refused or broken fail with a text', async () => {
      const base64 = (bytes: Buffer): { code: string; binary: true } => ({
        code: bytes.toString('base64'),
        binary: true,
      });
      const prefix = '502 Initialization has failed due to: ';
      const texts = await Promise.all([
        initError(base64(rawZip([{ name: '../evil.js' }]))),
        initError(base64(zip({ 'index.js': '' }).subarray(0, 30))),
        initError(base64(rawTarGz([{ name: 'index.js' }]).subarray(0, 20))),
        initError(base64(zip({ 'index.js': 'exports.main = 1', 'package.json': '{' }))),
        initError(base64(zip({ 'index.js': 'exports.other = 1' }))),
      ]);
      assert.deepEqual(texts.slice(0, 3), [
        `${prefix}archive entry "../evil.js" would be written outside the folder`,
        `${prefix}There was an error uncompressing the action Zip archive.`,
        `${prefix}There was an error uncompressing the action Tar GZ archive.`,
      ]);
      assert.ok(texts[3].startsWith(`${prefix}SyntaxError`), texts[3]);
      assert.equal(texts[4], `${prefix}Action entrypoint 'main' is not a function.`);
    });
  });

  describe('results', () => {
    it('that cannot be written as JSON answer 500 and leave the container usable', async () => {
      const code = `function main({ how }) {
        const cycle = {}; cycle.cycle = cycle;
        let deep = {}; for (let i = 0; i < 20000; i++) deep = { deep };
        return { big: { n: 1n }, cycle, deep, throwing: { toJSON() { throw new Error("no") } } }[how] ?? { ok: 1 } }`;
      const container = await driver.createWith('nodejs:20', code);
      for (const how of ['big', 'cycle', 'deep', 'throwing']) {
        assert.equal(errorOf(await run(container, { how })), '500 Internal error.');
      }
      assert.deepEqual(await resultOf(run(container)), { ok: 1 });
      assert.ok((await collect(container)).stderr.includes('[wrapEndpoint] invalid errored promise {}'));
      await container.destroy();
    });

    it('of null pass, of undefined become {}, of a Date become a text', async () => {
      const code = 'function main({ how }) { return { null: null, date: new Date(0) }[how] }';
      const container = await driver.createWith('nodejs:20', code);
      const bodies = [];
      for (const how of ['null', 'date', 'undefined']) {
        const outcome = await run(container, { how });
        bodies.push(outcome.type === 'answer' ? `${String(outcome.status)} ${outcome.body}` : outcome.type);
      }
      assert.deepEqual(bodies, ['200 null', '200 "1970-01-01T00:00:00.000Z"', '200 {}']);
      await container.destroy();
    });

    it('of rejections are errors with their members, without cycles (AI-036)', async () => {
      const code = `async function main() {
        const error = Object.assign(new Error("soft"), { code: "E1", self: null, f() {}, b: Buffer.from("x"), ["__proto__x"]: 1 });
        error.self = error; throw error }`;
      const { error } = await resultOfText(code);
      const { stack, ...rest } = error as Record<string, unknown>;
      assert.match(String(stack), /^Error: soft\n {4}at .*main\.js:2:\d+/);
      assert.deepEqual(rest, {
        code: 'E1',
        self: '[Circular]',
        b: '[object Buffer]',
        __proto__x: 1,
        name: 'Error',
        message: 'soft',
      });
    });

    it('are lost when a callback throws or a rejection is not handled', async () => {
      for (const body of ['setTimeout(() => { throw new Error("late") })', 'void Promise.reject(new Error("late"))']) {
        const container = await driver.createWith(
          'nodejs:20',
          `function main() { ${body}; return new Promise(() => {}) }`,
        );
        assert.deepEqual(await run(container), { type: 'lost', outOfMemory: false });
        assert.ok((await collect(container)).stderr.some((line) => line.includes('Error: late')));
        await container.destroy();
      }
    });
  });

  it('exports the variables of init and run by the rules of the official runner', async () => {
    const container = await driver.create('nodejs:20');
    const env = { N: 1, F: false, Z: 0, U: null, O: { a: 1 }, S: 'x=y' };
    await resultOf(initialize(container, { code: 'function main() { return { ...process.env } }', env }));
    const body = JSON.stringify({ value: {}, action_name: '/a/b', deadline: 5, extra: 'yes' });
    const seen = await resultOf(container.send('/run', body, wideBounds));
    const { N, F, Z, U, O, S, __OW_ACTION_NAME, __OW_DEADLINE, __OW_EXTRA } = seen;
    assert.deepEqual([N, F, Z, U, O, S], ['1', '', '', '', '{"a":1}', 'x=y']);
    assert.deepEqual([__OW_ACTION_NAME, __OW_DEADLINE, __OW_EXTRA], ['/a/b', undefined, 'yes']);
    await container.destroy();
  });

  it('sets the context of every run anew, also where the action has changed or removed it', async () => {
    const code = `function main() {
      const { __OW_NAMESPACE: namespace, __OW_API_KEY: key } = process.env;
      process.env.__OW_NAMESPACE = 'changed';
      delete process.env.__OW_API_KEY;
      return { namespace, key };
    }`;
    const container = await driver.createWith('nodejs:20', code);
    const body = JSON.stringify({ value: {}, namespace: 'guest', api_key: 'user:secret' });
    for (let round = 0; round < 3; round += 1) {
      const seen = await resultOf(container.send('/run', body, wideBounds));
      assert.deepEqual(seen, { namespace: 'guest', key: 'user:secret' });
    }
    await container.destroy();
  });

  it('refuses bodies that are no JSON object (AI-064)', async () => {
    const container = await driver.create('nodejs:20');
    for (const body of ['"text"', '1', 'null', '{', '\u0000']) {
      assert.equal(errorOf(await container.send('/run', body, wideBounds)), '500 Bad request.');
    }
    assert.equal(errorOf(await container.send('/with blank\n', '{}', wideBounds)), '500 Bad request.');
    assert.equal(errorOf(await container.send('/run', '', wideBounds)), '403 System not initialized.');
    await container.destroy();
  });

  it('runs 120 overlapping activations that wait for each other where that is allowed (AI-070)', async () => {
    const container = await driver.create('nodejs:20', { __OW_ALLOW_CONCURRENT: 'true' });
    const code =
      'let n = 0, open; const all = new Promise((r) => (open = r)); async function main({ i }) { if (++n === 120) open(); await all; return { i } }';
    await resultOf(initialize(container, { code }));
    const results = await Promise.all(Array.from({ length: 120 }, (_, i) => resultOf(run(container, { i }))));
    assert.deepEqual(
      results.map(({ i }) => i),
      Array.from({ length: 120 }, (_, i) => i),
    );
    await container.destroy();
  });
});
