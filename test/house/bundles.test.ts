import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCompletion, bundleParts, bundlePlatform, type Bundle } from '../../scripts/release/bundle.js';
import { bundleClient } from '../../scripts/release/client-bundle.js';
import {
  bundledPackages,
  installedPackages,
  noticeDocument,
  type LicensedPackage,
} from '../../scripts/release/licences.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC', 'MIT'];

function inputs({ metafile }: Bundle): string[] {
  return Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
}

/** Whether the file of a topic takes a module from the client instead of holding it. */
function isTaken({ text }: Bundle, path: string): boolean {
  return text.includes(`MODULES[${JSON.stringify(path)}]`);
}

describe('the release form', function () {
  this.timeout(60_000);

  let client: ReadonlyMap<string, Bundle>;
  let platform: Bundle;
  let parts: ReadonlyMap<string, Bundle>;
  let installed: LicensedPackage[];
  let bundled: LicensedPackage[];

  const all = (): Bundle[] => [...client.values(), platform, ...parts.values()];

  before(async () => {
    [client, platform, parts] = await Promise.all([
      bundleClient(ROOT, '1.2.3'),
      bundlePlatform(ROOT),
      bundleParts(ROOT),
    ]);
    installed = await installedPackages(ROOT);
    bundled = await bundledPackages(
      ROOT,
      all().map(({ metafile }) => metafile),
    );
  });

  it('keeps every server folder, fastify and the SQLite binding out of the client', () => {
    const server =
      /^src\/lib\/(database|entitlement|containers|invoker|feeds|controller)\/|node_modules\/(fastify|libsql|@libsql)\//u;
    assert.deepEqual(
      [...client.values()].flatMap(inputs).filter((path) => server.test(path)),
      [],
    );
  });

  it('keeps the command line out of the platform', () => {
    const side = /^src\/(commands|lib\/(cli|client|artifact))\/|node_modules\/(@oclif|got|inquirer|ora|chalk)\//u;
    assert.deepEqual(
      inputs(platform).filter((path) => side.test(path)),
      [],
    );
  });

  it('C-79, C-80: completes lines without any library', async () => {
    const completion = await bundleCompletion(ROOT);
    assert.deepEqual(
      inputs(completion).filter((path) => path.includes('node_modules/')),
      [],
    );
  });

  it('requires nothing but Node and the installed dependencies', () => {
    const external = all().flatMap(({ metafile }) =>
      Object.values(metafile.outputs).flatMap((output) => output.imports),
    );
    const known = ['libsql', ...[...client.keys(), ...parts.keys()].map((name) => `./${name}`)];
    const foreign = external
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('node:') && !known.includes(path));
    const { builtinModules } = process.getBuiltinModule('node:module');
    assert.deepEqual(
      foreign.filter((path) => !builtinModules.includes(path)),
      [],
    );
  });

  it('runs no import() of its own, which a script from the code cache could not do', () => {
    for (const { text } of client.values()) assert.doesNotMatch(text, /(?<![\w.$'"`/* ])import\(/u);
  });

  it('keeps what few commands need out of the file that each command parses (P-05)', () => {
    const agents = ['http-proxy-agent', 'https-proxy-agent'];
    const names = [
      'conf',
      'got',
      ...agents,
      'ignore',
      'inquirer',
      'ora',
      'yaml',
      'yauzl',
      'yazl',
      'dockerode',
      'fastify',
    ];
    assert.deepEqual(
      [...parts.keys()],
      names.map((name) => `${name}.cjs`),
    );
    assert.deepEqual(
      [...client.values()]
        .flatMap(inputs)
        .filter((path) => /node_modules\/(?:got|ignore|inquirer|@inquirer|ora|yaml|yauzl|yazl)\//u.test(path)),
      [],
    );
  });

  it('has each module of the client once, and what only one topic needs in a file of its own (P-03, P-05)', () => {
    const held = [...client].flatMap(([name, bundle]) => {
      const own = inputs(bundle).filter((path) => path.startsWith('src/') && !isTaken(bundle, path));
      return own.map((path) => ({ path, name }));
    });
    assert.equal(new Set(held.map(({ path }) => path)).size, held.length);
    const project = held.filter(({ path }) => path.startsWith('src/lib/project/'));
    assert.deepEqual([...new Set(project.map(({ name }) => name))], ['commands-project.cjs']);
  });

  it('is one byte a character', () => {
    for (const { text } of all()) assert.doesNotMatch(text, /[^\0-\x7F]/u);
  });

  it('is the same from the same sources', async () => {
    const again = await bundleClient(ROOT, '1.2.3');
    assert.deepEqual([...again.keys()], [...client.keys()]);
    for (const [name, { text }] of client) {
      assert.equal(again.get(name)?.text, text);
      assert.match(text, /^\/\* [0-9a-f]{32} \*\/ /u);
    }
  });

  it('installs at most 40 packages (RS-263)', () => {
    assert.ok(installed.length <= 40, `${String(installed.length)} packages`);
  });

  it('contains only code under licences that need no decision (RS-263)', () => {
    const others = [...installed, ...bundled].filter(({ licence }) => !ALLOWED.includes(licence));
    assert.deepEqual(others, []);
  });

  it('lists every package with its licence in NOTICE (RS-263); npm run notice writes it', async () => {
    assert.equal(await readFile(join(ROOT, 'NOTICE'), 'utf8'), noticeDocument(installed, bundled));
  });
});
