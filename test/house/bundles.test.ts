import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bundleClient,
  bundleCompletion,
  bundleParts,
  bundlePlatform,
  type Bundle,
} from '../../scripts/release/bundle.js';
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

describe('the release form', function () {
  this.timeout(60_000);

  let client: Bundle;
  let platform: Bundle;
  let parts: ReadonlyMap<string, Bundle>;
  let installed: LicensedPackage[];
  let bundled: LicensedPackage[];

  const all = (): Bundle[] => [client, platform, ...parts.values()];

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
      inputs(client).filter((path) => server.test(path)),
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
    const known = ['libsql', ...[...parts.keys()].map((name) => `./${name}`)];
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
    assert.doesNotMatch(client.text, /(?<![\w.$'"`/* ])import\(/u);
  });

  it('keeps what few commands need out of the file that each command parses (P-05)', () => {
    const agents = ['http-proxy-agent', 'https-proxy-agent'];
    const names = ['conf', 'got', ...agents, 'ignore', 'inquirer', 'ora', 'yaml', 'yauzl', 'yazl', 'dockerode'];
    assert.deepEqual(
      [...parts.keys()],
      names.map((name) => `${name}.cjs`),
    );
    assert.deepEqual(
      inputs(client).filter((path) =>
        /node_modules\/(?:got|ignore|inquirer|@inquirer|ora|yaml|yauzl|yazl)\//u.test(path),
      ),
      [],
    );
  });

  it('is one byte a character', () => {
    for (const { text } of all()) assert.doesNotMatch(text, /[^\0-\x7F]/u);
  });

  it('is the same from the same sources', async () => {
    assert.equal((await bundleClient(ROOT, '1.2.3')).text, client.text);
    assert.match(client.text, /^\/\* [0-9a-f]{32} \*\/ /u);
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
