import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A file with a forbidden import. */
interface Plant {
  readonly rule: string;
  readonly file: string;
  readonly imports: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONFIG = '.dependency-cruiser.cjs';

/** One violation of every rule of the checker. */
const PLANTS: readonly Plant[] = [
  { rule: 'lib-not-to-commands', file: 'src/lib/artifact/a.ts', imports: '../../commands/action/get.js' },
  { rule: 'only-cli-and-commands-imports-oclif-core', file: 'src/lib/config/a.ts', imports: '@oclif/core/command' },
  { rule: 'client-not-to-server', file: 'src/lib/client/a.ts', imports: '../database/target.js' },
  { rule: 'client-not-to-platform-server-side', file: 'src/lib/cli/a.ts', imports: '../platform/target.js' },
  { rule: 'server-not-to-client', file: 'src/lib/controller/a.ts', imports: '../cli/target.js' },
  { rule: 'invoker-not-to-drivers', file: 'src/lib/invoker/c.ts', imports: '../containers/process/target.js' },
  { rule: 'only-client-imports-got', file: 'src/lib/cli/b.ts', imports: 'got' },
  { rule: 'only-config-imports-conf', file: 'src/lib/client/b.ts', imports: 'conf' },
  { rule: 'only-database-imports-libsql', file: 'src/lib/invoker/a.ts', imports: 'libsql' },
  { rule: 'only-feeds-imports-croner', file: 'src/lib/controller/c.ts', imports: 'croner' },
  { rule: 'only-docker-driver-imports-dockerode', file: 'src/lib/containers/b.ts', imports: 'dockerode' },
  { rule: 'only-controller-and-platform-imports-fastify', file: 'src/lib/entitlement/a.ts', imports: 'fastify' },
  { rule: 'entry-imports-node-only', file: 'bin/run.cjs', imports: 'chalk' },
  { rule: 'main-imports-allow-list', file: 'src/lib/cli/main.ts', imports: 'chalk' },
  { rule: 'imports-of-errors', file: 'src/lib/errors/a.ts', imports: '../entity/target.js' },
  { rule: 'imports-of-entity', file: 'src/lib/entity/a.ts', imports: '../config/target.js' },
  { rule: 'imports-of-runtime-manifest', file: 'src/lib/runtime-manifest/a.ts', imports: '../config/target.js' },
  { rule: 'imports-of-database', file: 'src/lib/database/a.ts', imports: '../entitlement/target.js' },
  { rule: 'imports-of-config', file: 'src/lib/config/b.ts', imports: '../client/target.js' },
  { rule: 'imports-of-artifact', file: 'src/lib/artifact/b.ts', imports: '../config/target.js' },
  { rule: 'imports-of-client', file: 'src/lib/client/c.ts', imports: '../artifact/target.js' },
  { rule: 'imports-of-project', file: 'src/lib/project/a.ts', imports: '../config/target.js' },
  { rule: 'only-types-of-project-in-cli', file: 'src/lib/cli/d.ts', imports: '../project/target.js' },
  { rule: 'imports-of-entitlement', file: 'src/lib/entitlement/b.ts', imports: '../invoker/target.js' },
  { rule: 'imports-of-containers', file: 'src/lib/containers/a.ts', imports: '../invoker/target.js' },
  { rule: 'imports-of-invoker', file: 'src/lib/invoker/b.ts', imports: '../controller/target.js' },
  { rule: 'imports-of-feeds', file: 'src/lib/feeds/a.ts', imports: '../controller/target.js' },
  { rule: 'imports-of-controller', file: 'src/lib/controller/b.ts', imports: '../containers/target.js' },
  { rule: 'imports-of-platform', file: 'src/lib/platform/a.ts', imports: '../artifact/target.js' },
  { rule: 'imports-of-cli', file: 'src/lib/cli/c.ts', imports: '../artifact/target.js' },
  { rule: 'imports-of-commands', file: 'src/commands/a.ts', imports: '../lib/invoker/target.js' },
  { rule: 'no-cycles', file: 'src/lib/errors/b.ts', imports: './circle.js' },
  { rule: 'not-to-unresolvable', file: 'src/lib/errors/c.ts', imports: './nowhere.js' },
  { rule: 'not-to-tests-or-scripts', file: 'src/lib/errors/d.ts', imports: '../../../scripts/target.js' },
];

/** Folders that hold an innocent `target.ts` to be imported. */
const TARGETS = [...new Set(PLANTS.filter(({ imports }) => imports.endsWith('target.js')).map(targetOf))];

function targetOf({ file, imports }: Plant): string {
  return join(dirname(file), imports).replace(/\.js$/u, '.ts');
}

async function plantEverything(tree: string): Promise<void> {
  await copyFile(join(ROOT, CONFIG), join(tree, CONFIG));
  await copyFile(join(ROOT, 'tsconfig.json'), join(tree, 'tsconfig.json'));
  await writeFile(join(tree, 'package.json'), '{ "type": "module" }');
  await symlink(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  const innocent = [...TARGETS, 'src/commands/action/get.ts'];
  for (const file of innocent) await write(tree, file, 'export const target = 1;\n');
  await write(tree, 'src/lib/errors/circle.ts', `import './b.js';\nexport const back = 1;\n`);
  for (const { file, imports } of PLANTS) {
    const statement = file.endsWith('.cjs') ? `require('${imports}');` : `import '${imports}';`;
    await write(tree, file, `${statement}\n`);
  }
}

async function write(tree: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(tree, file)), { recursive: true });
  await writeFile(join(tree, file), text);
}

/** Runs the checker as `npm run imports` does: exit status and the text it prints. */
async function check(tree: string): Promise<{ status: number; text: string }> {
  const program = join(ROOT, 'node_modules/.bin/depcruise');
  const run = promisify(execFile)(program, ['--config', CONFIG, 'src', 'bin'], { cwd: tree });
  return await run.then(
    ({ stdout }) => ({ status: 0, text: stdout }),
    (error: unknown) => {
      assert.ok(error instanceof Error && 'code' in error && 'stdout' in error);
      return { status: Number(error.code), text: String(error.stdout) };
    },
  );
}

/** `rule: file` of every violation in the checker's text. */
function reported(text: string): string[] {
  const lines = text
    .split('\n')
    .flatMap((line) => /^\s*error ([\w-]+): (\S+)/u.exec(line)?.slice(1, 3).join(': ') ?? []);
  return [...new Set(lines)];
}

describe('import rules', () => {
  let tree: string;
  let outcome: { status: number; text: string };

  before(async function () {
    this.timeout(60_000);
    tree = await mkdtemp(join(tmpdir(), 'rt-imports-'));
    await plantEverything(tree);
    outcome = await check(tree);
  });

  after(async () => {
    await rm(tree, { recursive: true, force: true });
  });

  it('fail the check when one is broken', () => {
    assert.notEqual(outcome.status, 0);
  });

  for (const { rule, file, imports } of PLANTS) {
    it(`name ${rule} when ${file} imports ${imports}`, () => {
      assert.ok(reported(outcome.text).includes(`${rule}: ${file}`), outcome.text);
    });
  }

  it('are each shown to work by a planted violation', () => {
    const config: unknown = createRequire(import.meta.url)(join(ROOT, CONFIG));
    assert.ok(
      typeof config === 'object' && config !== null && 'forbidden' in config && Array.isArray(config.forbidden),
    );
    const names = config.forbidden.map((rule: unknown) =>
      rule !== null && typeof rule === 'object' && 'name' in rule ? rule.name : '',
    );
    assert.deepEqual(new Set(names), new Set(PLANTS.map(({ rule }) => rule)));
  });

  it('accept a type import of a package only where the package may be imported', async () => {
    const file = 'src/lib/artifact/c.ts';
    await write(tree, file, `import type { Got } from 'got';\nexport type Client = Got;\n`);
    const { text } = await check(tree);
    assert.ok(reported(text).includes(`only-client-imports-got: ${file}`), text);
  }).timeout(60_000);

  it('report nothing in a tree without violations', async () => {
    for (const { file } of PLANTS) await write(tree, file, file.endsWith('.cjs') ? `'use strict';\n` : 'export {};\n');
    for (const file of ['src/lib/artifact/c.ts', 'src/lib/errors/circle.ts']) await write(tree, file, 'export {};\n');
    const { status, text } = await check(tree);
    assert.deepEqual([status, reported(text)], [0, []]);
  }).timeout(60_000);
});
