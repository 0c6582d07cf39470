import { createHash } from 'node:crypto';
import { build as runEsbuild, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { clientEntry, commandFiles } from './command-table.js';

/** One bundled CommonJS file and the account of what lies in it. */
export interface Bundle {
  readonly text: string;
  readonly metafile: Metafile;
}

/**
 * Packages that bundled libraries name but that nothing of ours reaches: oclif's loading of plugins from disk, which must not happen
 * (RS-267), and the editor prompt of inquirer. They would be four fifths of the bundle.
 */
const UNREACHED = ['typescript', 'ejs', 'minimatch', 'tinyglobby', 'lilconfig', 'chardet', 'iconv-lite'];

/**
 * What dockerode uses for engines behind ssh and for BuildKit's sessions, neither of which we speak: they bring native add-ons and would be
 * most of the bundle.
 */
const NATIVE = ['ssh2', 'cpu-features', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs'];

function without(packages: readonly string[]): Plugin {
  return {
    name: 'without-unreached',
    setup(build) {
      const filter = new RegExp(`^(${packages.join('|')})$`);
      build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'unreached' }));
      build.onLoad({ filter: /^/, namespace: 'unreached' }, () => ({ contents: 'module.exports = {};' }));
    },
  };
}

/**
 * `import()` is lowered to a lazily evaluated `require`, because a script that is restored from a V8 code cache cannot run `import()`.
 * Nothing is minified: minified white space alone makes the cached start slower, and stack traces stay readable.
 */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  logLevel: 'error',
  metafile: true,
  write: false,
  outfile: 'bundle.cjs',
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: `const bundleUrl = require('node:url').pathToFileURL(__filename).href;` },
} satisfies BuildOptions;

/** `dist/rt.cjs`: the client with every command. */
export async function bundleClient(root: string, version: string): Promise<Bundle> {
  const contents = clientEntry(await commandFiles(root), version);
  const stdin = { contents, resolveDir: root, sourcefile: 'client-entry.js', loader: 'js' } as const;
  return await bundle({ ...common, absWorkingDir: root, stdin, plugins: [without(UNREACHED)] });
}

/** `dist/platform.cjs`: the local platform. The native SQLite binding stays outside: it is an installed dependency. */
export async function bundlePlatform(root: string): Promise<Bundle> {
  return await bundle({
    ...common,
    absWorkingDir: root,
    entryPoints: ['src/lib/platform/main.ts'],
    external: ['libsql'],
    plugins: [without(NATIVE)],
  });
}

/** `dist/launchers/image-proxy.cjs`: what the runners in images of `rt kind pull --build` share with the platform. */
export async function bundleImageProxy(root: string): Promise<Bundle> {
  return await bundle({ ...common, absWorkingDir: root, entryPoints: ['src/lib/containers/image-proxy/main.ts'] });
}

async function bundle(options: BuildOptions & { metafile: true; write: false }): Promise<Bundle> {
  const result = await runEsbuild(options);
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error('esbuild gave no output');
  return { text: stamped(inAscii(file.text)), metafile: result.metafile };
}

/**
 * Escapes what esbuild leaves outside ASCII: comments and regular expressions, where an escape means the same. A text of one byte a
 * character is read and restored from the code cache ten times sooner than one of two bytes a character.
 */
function inAscii(text: string): string {
  return text.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * The text with a digest of itself in the first line, by which `bin/run.cjs` names its code cache: size and time of an installed
 * file do not tell two versions apart, since npm gives every packed file the same time.
 */
function stamped(text: string): string {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return `/* ${digest} */ ${text}`;
}
