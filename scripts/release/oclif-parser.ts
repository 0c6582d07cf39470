import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Modules of oclif, below its `lib`, that nothing of ours reaches: its plugins and what it loads from disk (RS-267), its help, its output and
 * its end of a program. They were a sixth of each command's CPU (P-02, P-03) with what they load of Node in turn.
 */
const unreachedOfOclif = [
  ...['config/plugin', 'config/plugin-loader', 'config/ts-path', 'errors/handle', 'help/command', 'help/index'],
  ...['module-loader', 'util/os', 'ux/index'],
] as const;

/** Modules of Node that oclif names for those, for stdin as an argument, and for files and measurements. */
const unreachedByOclif = /^node:(?:child_process|fs\/promises|perf_hooks|readline)$/;

const inOclif = /node_modules\/@oclif\/core\/lib\//;

/**
 * What stands in for packages and modules of oclif that lay out its own messages for a terminal: ours are made elsewhere, and theirs asked for
 * stderr and for colours at each start.
 */
const instead: Readonly<Record<string, string>> = {
  debug: 'module.exports = () => () => {};',
  'wrap-ansi': 'module.exports = (text) => text;',
  screen: 'module.exports = { stdtermwidth: 80, errtermwidth: 80 };',
  'ux/theme': 'module.exports = { colorize: (style, text) => text };',
};

/** Of oclif only what reads the words of a command. */
export const oclifsParserAlone: Plugin = {
  name: 'oclifs-parser-alone',
  setup(build) {
    build.onResolve({ filter: unreachedByOclif }, ({ path, importer }) =>
      inOclif.test(importer) ? { path, namespace: 'unreached' } : undefined,
    );
    build.onResolve({ filter: /^(?:\.{1,2}\/|(?:debug|wrap-ansi)$)/ }, ({ path, importer }) => {
      if (!inOclif.test(importer)) return undefined;
      const module = path.startsWith('.') ? (join(dirname(importer), path).split(inOclif)[1] ?? '') : path;
      if (module in instead) return { path: module, namespace: 'instead' };
      const reached = !unreachedOfOclif.some((name) => name === module || name === `${module}/index`);
      return reached ? undefined : { path: module, namespace: 'unreached' };
    });
    build.onLoad({ filter: /^/, namespace: 'instead' }, ({ path }) => ({ contents: instead[path] ?? '' }));
  },
};
