import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { build as runEsbuild, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

/** One bundled CommonJS file and the account of what lies in it. */
export interface Bundle {
  readonly text: string;
  readonly metafile: Metafile;
}

/**
 * Packages that bundled libraries name but that nothing of ours reaches. In the client: oclif's loading of plugins from disk, which must not
 * happen (RS-267), and the editor prompt of inquirer. In the platform: fastify's schemas, its logger, its injected requests and the versions that
 * plugins ask for, and the servers with TLS that it could make, whose modules take a tenth of a start to load (P-14). They would be half of the bundles. In dockerode:
 * engines behind ssh and BuildKit's sessions, which bring native add-ons.
 */
export const unreached = {
  client: ['typescript', 'ejs', 'minimatch', 'tinyglobby', 'lilconfig', 'chardet', 'iconv-lite'],
  platform: ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request', 'pino', 'semver'],
  dockerode: ['ssh2', 'cpu-features', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs'],
} as const;

/** Modules of Node that fastify names and our plain HTTP never reaches. */
const unreachedByFastify = /^node:(?:https|http2|dns)$/;

const withoutTls: Plugin = {
  name: 'without-tls',
  setup(build) {
    build.onResolve({ filter: unreachedByFastify }, ({ path, importer }) =>
      /node_modules\/fastify\//.test(importer) ? { path, namespace: 'unreached' } : undefined,
    );
  },
};

/** `assert` as fastify and its router use it; Node's own loads what compares and prints objects (P-14). */
const withShortAssert: Plugin = {
  name: 'with-short-assert',
  setup(build) {
    build.onResolve({ filter: /^node:assert$/ }, ({ path, importer }) =>
      /node_modules\/(?:fastify|find-my-way)\//.test(importer) ? { path, namespace: 'short' } : undefined,
    );
    const contents = 'module.exports = (value, message) => { if (!value) throw new Error(message); };';
    build.onLoad({ filter: /^/, namespace: 'short' }, () => ({ contents }));
  },
};

const installedBinding = `createRequire(import.meta.url)('libsql')`;

/**
 * Takes the JavaScript of libsql into the bundle, so that only its native part is found and loaded at each start: 7 ms of it (P-14). Where an
 * installer has put that out of sight of this package, the installed libsql finds it.
 */
const withBinding: Plugin = {
  name: 'with-binding',
  setup(build) {
    build.onLoad({ filter: /\/load-libsql\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes(installedBinding)) throw new Error(`${path} does not load libsql as expected`);
      const bundled = `(() => { try { return require('libsql'); } catch { return ${installedBinding}; } })()`;
      return { contents: source.replace(installedBinding, bundled), loader: 'ts' };
    });
  },
};

/** Puts an empty module in the place of such packages. */
export function without(packages: readonly string[]): Plugin {
  return {
    name: 'without-unreached',
    setup(build) {
      const filter = new RegExp(`^(${packages.join('|')})$`);
      build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'unreached' }));
      build.onLoad({ filter: /^/, namespace: 'unreached' }, () => ({ contents: 'module.exports = {};' }));
    },
  };
}

/** Packages that lie in files of their own beside the client. */
export const clientParts = [
  ...(['conf', 'got', 'http-proxy-agent', 'https-proxy-agent', 'ignore', 'inquirer', 'ora'] as const),
  ...(['yaml', 'yauzl', 'yazl'] as const),
] as const;

/** Packages that lie in files of their own beside the platform. */
export const platformParts = ['dockerode', 'fastify'] as const;

function partFile(name: string): string {
  return `${name}.cjs`;
}

function hasDefault(module: unknown): boolean {
  return typeof module === 'object' && module !== null && 'default' in module;
}

/** Makes the import of such a package a `require` of its file, with the names that it really exports. */
export function withApart(parts: readonly string[]): Plugin {
  return {
    name: 'with-parts-apart',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^(${parts.join('|')})$`) }, ({ path }) => ({ path, namespace: 'part' }));
      build.onResolve({ filter: /^[.]/, namespace: 'part' }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /^/, namespace: 'part' }, async ({ path }) => {
        const names = Object.keys((await import(path)) as object).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
        const lines = names.map((name) =>
          name === 'default' ? 'export default part.default;' : `export const ${name} = part.${name};`,
        );
        return { contents: [`const part = require('./${partFile(path)}');`, ...lines].join('\n') };
      });
    },
  };
}

/**
 * `import()` is lowered to a lazily evaluated `require`, because a script that is restored from a V8 code cache cannot run `import()`.
 * The programs are not minified: minified white space alone makes the cached start slower, and stack traces stay readable.
 */
export const common = {
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
  define: { 'import.meta.url': 'bundle.url' },
  banner: { js: `const bundle = { get url() { return require('node:url').pathToFileURL(__filename).href; } };` },
} satisfies BuildOptions;

/**
 * The parts of client and platform by their file names. Each is a package that few commands need, and all of them were two thirds of the text that
 * the first run had to parse (P-05); fastify is loaded when the platform has started (P-14).
 */
export async function bundleParts(root: string): Promise<Map<string, Bundle>> {
  const bundles = [...clientParts, ...platformParts].map((name) => bundlePart(root, name));
  return new Map(await Promise.all(bundles));
}

/** One of them. */
export async function bundlePart(root: string, name: string): Promise<[string, Bundle]> {
  const contents = `export * from '${name}'; export { default } from '${name}';`;
  const stdin = {
    contents: hasDefault(await import(name)) ? contents : `export * from '${name}';`,
    resolveDir: root,
  };
  const plugins =
    name === 'fastify'
      ? [without(unreached.platform), withoutTls, withShortAssert]
      : [without([...unreached.client, ...unreached.dockerode])];
  // Half a megabyte of the installed size (P-06).
  return [partFile(name), await bundle({ ...common, minifyWhitespace: true, absWorkingDir: root, stdin, plugins })];
}

/** `dist/platform.cjs`: the local platform. The native part of the SQLite binding stays outside: it is an installed dependency. */
export async function bundlePlatform(root: string): Promise<Bundle> {
  return await bundle({
    ...common,
    absWorkingDir: root,
    entryPoints: ['src/lib/platform/main.ts'],
    plugins: [withBinding, withApart(platformParts)],
  });
}

/** `dist/launchers/image-proxy.cjs`: what the runners in images of `rt kind pull --build` share with the platform. */
export async function bundleImageProxy(root: string): Promise<Bundle> {
  const entryPoints = ['src/lib/containers/image-proxy/main.ts'];
  // It is no part of a start, and counts for the installed size (P-06).
  return await bundle({ ...common, minifyWhitespace: true, absWorkingDir: root, entryPoints });
}

/** `dist/complete.cjs`: what answers a shell that completes a line, without the libraries of the command line (C-79). */
export async function bundleCompletion(root: string): Promise<Bundle> {
  return await bundle({ ...common, absWorkingDir: root, entryPoints: ['src/lib/cli/completion/main.ts'] });
}

/** `dist/early-platform.cjs`: what runs the platform program before the client is loaded (P-10). */
export async function bundleEarlyPlatform(root: string): Promise<Bundle> {
  return await bundle({ ...common, absWorkingDir: root, entryPoints: ['src/lib/cli/early-platform/main.ts'] });
}

/** Runs esbuild for one file. */
export async function bundle(options: BuildOptions & { metafile: true; write: false }): Promise<Bundle> {
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
