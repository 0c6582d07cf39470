import { relative, resolve, sep } from 'node:path';
import { build as runEsbuild, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { bundle, clientParts, common, unreached, withApart, without, type Bundle } from './bundle.js';
import { clientEntry, commandFiles, topicEntry, topicFile } from './command-table.js';
import { oclifsParserAlone } from './oclif-parser.js';
import { topicsOf, type Topic } from './topic-files.js';

const entryName = 'client-entry.js';
const clientFile = 'rt.cjs';

/** Paths of modules that are files, unlike those that a plugin makes. */
const existing = /^(?:src|node_modules)\//;

interface Source {
  readonly root: string;
  readonly plugins: readonly Plugin[];
}

/**
 * The client by its file names: `rt.cjs`, and beside it a file for each larger topic of commands. What only some commands need of packages
 * lies in files of its own too: see `bundleParts`. `plugins` are further ones of esbuild, for tests that look into it.
 */
export async function bundleClient(
  root: string,
  version: string,
  plugins: readonly Plugin[] = [],
): Promise<Map<string, Bundle>> {
  const files = await commandFiles(root);
  const source = { root, plugins: [without(unreached.client), oclifsParserAlone, withApart(clientParts), ...plugins] };
  const whole = await bundle(options(source, clientEntry({ version, files, topics: [], shared: [] })));
  const topics = topicsOf(whole.metafile, entryName, files);
  const shared = new Set<string>();
  const bundles = new Map<string, Bundle>();
  const names = await exportedNames(root, whole.metafile);
  for (const topic of topics) {
    const own = { root, plugins: [fromClient(root, topic, { shared, names }), ...source.plugins] };
    bundles.set(topicFile(topic.name), await bundle(options(own, topicEntry(topic.commands))));
  }
  const inTopics = new Set(topics.flatMap(({ commands }) => commands));
  const alone = files.filter((file) => !inTopics.has(file));
  const entry = clientEntry({ version, files: alone, topics, shared: [...shared].sort() });
  const core = { root, plugins: [besideClient, ...source.plugins] };
  return new Map([[clientFile, await bundle(options(core, entry))], ...bundles]);
}

function options({ root, plugins }: Source, contents: string): Parameters<typeof bundle>[0] {
  const stdin = { contents, resolveDir: root, sourcefile: entryName, loader: 'js' } as const;
  return { ...common, absWorkingDir: root, stdin, plugins: [...plugins] };
}

/** What the ES modules of a bundle export, by their paths; the exports of the others are not known before they run. */
async function exportedNames(root: string, { inputs }: Metafile): Promise<Map<string, readonly string[]>> {
  const entryPoints = Object.keys(inputs).filter((path) => existing.test(path) && inputs[path]?.format === 'esm');
  const apart: BuildOptions = { absWorkingDir: root, entryPoints, outdir: 'names', format: 'esm', platform: 'node' };
  const result = await runEsbuild({ ...apart, metafile: true, write: false, logLevel: 'error' });
  const outputs = Object.values(result.metafile.outputs);
  return new Map(outputs.map(({ entryPoint, exports }) => [entryPoint ?? '', exports]));
}

interface Shared {
  /** Grows by the modules of the client that the topic imports. */
  readonly shared: Set<string>;
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/** In the file of a topic: takes every module that is not the topic's own from the client, so that there is one of each. */
function fromClient(root: string, { modules }: Topic, { shared, names }: Shared): Plugin {
  return {
    name: 'from-client',
    setup(build) {
      build.onResolve({ filter: /^\.\/rt\.cjs$/ }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /\.[cm]?[jt]s$/, namespace: 'file' }, ({ path }) => {
        const module = relative(root, resolve(path)).split(sep).join('/');
        if (modules.has(module)) return undefined;
        shared.add(module);
        const given = `require('./${clientFile}').MODULES[${JSON.stringify(module)}]()`;
        return { contents: asModule(given, names.get(module) ?? []), loader: 'js' };
      });
    },
  };
}

function asModule(given: string, names: readonly string[]): string {
  if (names.length === 0) return `module.exports = ${given};`;
  const lines = names.map((name) =>
    name === 'default' ? 'export default given.default;' : `export const ${name} = given.${name};`,
  );
  return [`const given = ${given};`, ...lines].join('\n');
}

/** In the client: leaves the files of topics where they are. */
const besideClient: Plugin = {
  name: 'beside-client',
  setup(build) {
    build.onResolve({ filter: /^\.\/commands-\w+\.cjs$/ }, ({ path }) => ({ path, external: true }));
  },
};
