import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Plugin } from 'esbuild';
import { bundleParts } from '../../scripts/release/bundle.js';
import { bundleClient } from '../../scripts/release/client-bundle.js';
import { StubHost } from '../helpers/stub-host.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';
import { TestPlatform } from '../helpers/test-platform.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Packages that any command evaluates: the parser of oclif with what it needs. A longer list is a slower start. */
const ALWAYS = ['@oclif/core', 'clean-stack', 'escape-string-regexp', 'indent-string', 'wordwrap'];

/** Own modules that a command about actions has no use for. */
const FOREIGN = /^src\/lib\/(?:artifact\/|platform\/launcher\/|cli\/completion\/|cli\/help\/(?!page-names))/u;

/** Makes every module note that it is evaluated. */
const noteModules: Plugin = {
  name: 'note-modules',
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]s$/, namespace: 'file' }, async ({ path }) => {
      const note = `(globalThis.evaluated ??= []).push(${JSON.stringify(path.replace(ROOT, ''))});`;
      const contents = (await readFile(path, 'utf8')).replace(/^#!.*/u, '');
      return { contents: `${contents}\n${note}`, loader: path.endsWith('ts') ? 'ts' : 'js' };
    });
  },
};

const program = `
const { run } = require('./dist/rt.cjs');
process.on('exit', () => {
  const files = Object.keys(require.cache).map((path) => require('node:path').basename(path));
  const report = JSON.stringify({ modules: globalThis.evaluated, files });
  require('node:fs').writeFileSync(process.env.EVALUATED, report);
});
run(process.argv.slice(2));
`;

function packageOf(path: string): string {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(path)?.[1] ?? '';
}

describe('the modules that a command evaluates', function () {
  this.timeout(90_000);

  let folder: TemporaryFolder;

  before(async () => {
    folder = temporaryFolder('rt-modules-');
    mkdirSync(join(folder.path, 'dist'));
    const client = await bundleClient(ROOT, '0.0.0-test', [noteModules]);
    for (const [name, { text }] of [...client, ...(await bundleParts(ROOT))])
      writeFileSync(join(folder.path, 'dist', name), text);
    writeFileSync(join(folder.path, 'run.cjs'), program);
  });

  after(() => {
    folder.dispose();
  });

  /** Runs a command line and gives the packages, the files beside the client, and the modules of ours that were evaluated. */
  async function evaluated(
    words: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<{ packages: string[]; parts: string[]; own: string[] }> {
    const report = join(folder.path, 'evaluated.json');
    await promisify(execFile)(process.execPath, [join(folder.path, 'run.cjs'), ...words], {
      cwd: folder.path,
      env: { PATH: process.env.PATH, HOME: folder.path, EVALUATED: report, ...env },
    });
    const { modules, files } = JSON.parse(await readFile(report, 'utf8')) as { modules: string[]; files: string[] };
    const packages = new Set(modules.filter((path) => path.includes('node_modules/')).map(packageOf));
    return {
      packages: [...packages].sort(),
      parts: files.filter((name) => !['run.cjs', 'rt.cjs'].includes(name)),
      own: modules.filter((path) => path.startsWith('src/')),
    };
  }

  for (const words of [
    ['action', 'list'],
    ['action', 'invoke', 'hello', '--result', '-p', 'name', 'Bob'],
  ]) {
    const line = `rt ${words.slice(0, 2).join(' ')}`;

    it(`C-80: ${line} on the local platform evaluates the parser, and nothing for colours, prompts, progress, YAML, zips or got`, async () => {
      const platform = await TestPlatform.create();
      try {
        await platform.ensure({ ephemeral: true });
        await platform.putAction('hello', 'function main() { return {}; }');
        const { packages, parts, own } = await evaluated(words, { RT_HOME: platform.paths.home });
        assert.deepEqual(packages, ALWAYS);
        assert.deepEqual(parts, ['commands-action.cjs']);
        assert.deepEqual(
          own.filter((path) => FOREIGN.test(path)),
          [],
        );
        const commands = own.filter((path) => path.startsWith('src/commands/'));
        assert.deepEqual(commands, [`src/commands/${words.slice(0, 2).join('/')}.ts`]);
      } finally {
        await platform.dispose();
      }
    });

    it(`C-80: ${line} on another host evaluates got besides, and nothing for colours, prompts, progress, YAML or zips`, async () => {
      const host = await StubHost.start();
      const list = words[1] === 'list';
      const path = list ? 'actions?limit=30&skip=0' : 'actions/hello?blocking=true&result=true';
      host.expect(`${list ? 'GET' : 'POST'} /api/v1/namespaces/_/${path}`, { body: list ? [] : {} });
      const { packages, parts } = await evaluated(words, { RT_APIHOST: host.url, RT_AUTH: 'uuid:key' });
      await host.close();
      assert.deepEqual(packages, ALWAYS);
      assert.deepEqual(parts, ['commands-action.cjs', 'got.cjs']);
    });
  }
});
