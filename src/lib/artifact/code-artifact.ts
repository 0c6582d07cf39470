import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { maxExecBytes } from '../entity/limits.js';
import { UsageError } from '../errors/client-errors.js';
import { isBinary, isZip } from './binary-detection.js';
import { kindByContent } from './kind-by-content.js';
import { extensionOf, familyOf, kindAsSent, kindByName, knownExtensions } from './kind-by-name.js';
import { readStableFile } from './stable-file.js';
import { type NpmOptions, withPackages } from './npm-packages.js';
import { zipFolder } from './zip-folder.js';
import { zipNames } from './zip-names.js';

/** Image that runs the program of a `--native` action (C-36). */
export const nativeImage = 'openwhisk/dockerskeleton';

/** The exec of a request: code or an image, or both (openwhisk-api.md §7.3). */
export interface CodeArtifact {
  readonly kind: string;
  /** Source text or base64; absent for an image that brings its own. */
  readonly code?: string;
  readonly binary: boolean;
  readonly main?: string;
  readonly image?: string;
}

/** What the user said about the code. */
export interface ArtifactOptions {
  /** Relative paths start here. */
  readonly cwd: string;
  /** `--kind`; without it the name or the content decides. */
  readonly kind?: string | undefined;
  /** `--docker`, or the image of `--native`: the kind is `blackbox`. */
  readonly image?: string | undefined;
  readonly main?: string | undefined;
  /** `--binary` and `--no-binary`; without them name and content decide (C-34). */
  readonly binary?: boolean | undefined;
  /** Packages to install in a copy of a folder first (`--npm`, C-35). */
  readonly packages?: NpmOptions | undefined;
  /** Bytes of code that the platform accepts; 48 MB without it. */
  readonly maxBytes?: number;
  /** Whether the platform has kinds of a family; asked only for `.ts` (C-33). */
  offersFamily?(family: string): Promise<boolean>;
  /** The candidate that a mistyped name probably means. */
  nearest?(word: string, candidates: readonly string[]): string | undefined;
}

/** An artifact and sentences about it that the user should see. */
export interface ReadArtifact {
  readonly exec: CodeArtifact;
  readonly notes: readonly string[];
}

interface Code {
  readonly bytes: Buffer;
  /** Names in the root of a zip or a folder; undefined for a single file. */
  rootNames(): Promise<readonly string[]>;
  readonly archive: boolean;
  readonly notes: readonly string[];
}

/** Code on disk as an exec: a file, a zip, or a folder that is zipped (C-33 to C-37). Throws UsageError for everything that is wrong with it. */
export async function readArtifact(path: string, options: ArtifactOptions): Promise<ReadArtifact> {
  const full = resolve(options.cwd, path);
  const stats = await stat(full).catch(() => undefined);
  if (stats === undefined) throw await missingFile(path, full, options);
  if (!stats.isFile() && !stats.isDirectory()) throw new UsageError(`'${path}' is not a regular file or a folder`);
  const kind = await kindBeforeReading(path, stats, options);
  const maxBytes = options.maxBytes ?? maxExecBytes;
  const code = stats.isDirectory()
    ? await readInstalled(path, full, { maxBytes, packages: options.packages })
    : await readFile(path, full, options.packages);
  const sent = kind ?? kindByContent(path, await code.rootNames());
  if (familyOf(sent) === 'java' && options.main === undefined) {
    throw new UsageError('Java actions require --main to specify the fully-qualified name of the main class');
  }
  const exec = withCode(path, code, { ...options, kind: sent, maxBytes });
  return { exec, notes: code.notes };
}

/** The exec of an image without code (C-36). */
export function imageArtifact(image: string, main?: string): CodeArtifact {
  return { kind: 'blackbox', image, binary: false, ...(main === undefined ? {} : { main }) };
}

async function kindBeforeReading(path: string, stats: Stats, options: ArtifactOptions): Promise<string | undefined> {
  if (options.image !== undefined) return 'blackbox';
  if (options.kind !== undefined) return kindAsSent(options.kind);
  if (stats.isDirectory() || extensionOf(path) === '.zip') return undefined;
  const named = kindByName(path);
  if (named === undefined) throw unknownExtension(path);
  if (named.kind === 'typescript:default' && (await options.offersFamily?.('typescript')) !== true) {
    throw new UsageError('This platform has no runtime for TypeScript', {
      hint: `build '${path}' to JavaScript first, or say --kind KIND`,
    });
  }
  return named.kind;
}

function withCode(
  path: string,
  code: Code,
  options: ArtifactOptions & { readonly kind: string; readonly maxBytes: number },
): CodeArtifact {
  const binary = options.binary ?? (code.archive || kindByName(path)?.binary === true || isBinary(code.bytes));
  if (!binary && isBinary(code.bytes)) throw new UsageError(`'${path}' is not text, so --no-binary cannot be used`);
  const text = code.bytes.toString(binary ? 'base64' : 'utf8');
  const size = Buffer.byteLength(text);
  if (size > options.maxBytes) {
    throw new UsageError(
      `'${path}' is too large: ${String(size)} bytes as they are sent, allowed are ${String(options.maxBytes)}`,
    );
  }
  return {
    kind: options.kind,
    code: text,
    binary,
    ...(options.main === undefined ? {} : { main: options.main }),
    ...(options.image === undefined ? {} : { image: options.image }),
  };
}

async function readFile(path: string, full: string, packages: NpmOptions | undefined): Promise<Code> {
  if (packages !== undefined) throw new UsageError(`--npm needs a folder, and '${path}' is a file`);
  const bytes = await readStableFile(full, path);
  const archive = extensionOf(path) === '.zip';
  if (archive && !isZip(bytes)) throw new UsageError(`'${path}' is not a valid zip archive`);
  const rootNames = async (): Promise<readonly string[]> => rootsOf(await zipNames(bytes, path));
  return { bytes, rootNames, archive, notes: [] };
}

/** A folder, or a copy of it with its packages. */
function readInstalled(
  path: string,
  full: string,
  { maxBytes, packages }: { readonly maxBytes: number; readonly packages: NpmOptions | undefined },
): Promise<Code> {
  if (packages === undefined) return readFolder(path, full, maxBytes);
  return withPackages({ path: full, name: path }, packages, (copy) => readFolder(path, copy, maxBytes));
}

async function readFolder(path: string, full: string, maxBytes: number): Promise<Code> {
  // Base64 makes four characters of three bytes.
  const { zip, paths, notes } = await zipFolder(full, Math.floor(maxBytes / 4) * 3);
  if (paths.length === 0) throw new UsageError(`'${path}' is an empty folder`);
  const dependencies = await missingDependencies(path, full, paths);
  return {
    bytes: zip,
    rootNames: () => Promise.resolve(rootsOf(paths)),
    archive: true,
    notes: [...notes, ...dependencies],
  };
}

function rootsOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => path.split('/', 1)[0] ?? ''))];
}

/** A folder that needs packages and has none probably misses `npm install` (C-35). */
async function missingDependencies(path: string, full: string, paths: readonly string[]): Promise<readonly string[]> {
  const roots = rootsOf(paths);
  if (!roots.includes('package.json') || roots.includes('node_modules')) return [];
  const text = (await readStableFile(resolve(full, 'package.json'), 'package.json')).toString('utf8');
  if (!hasDependencies(text)) return [];
  return [`'${path}' has dependencies but no node_modules; --npm installs them`];
}

function hasDependencies(packageJson: string): boolean {
  try {
    const parsed: unknown = JSON.parse(packageJson);
    if (typeof parsed !== 'object' || parsed === null || !('dependencies' in parsed)) return false;
    const { dependencies } = parsed;
    return typeof dependencies === 'object' && dependencies !== null && Object.keys(dependencies).length > 0;
  } catch {
    return false;
  }
}

async function missingFile(path: string, full: string, options: ArtifactOptions): Promise<UsageError> {
  const names = await readdir(dirname(full)).catch(() => []);
  const near = options.nearest?.(basename(full), names);
  return new UsageError(`File '${path}' is not a valid file or it does not exist`, {
    hint: near === undefined ? undefined : `did you mean '${path.slice(0, -basename(path).length)}${near}'?`,
  });
}

function unknownExtension(path: string): UsageError {
  const extension = extensionOf(path);
  return new UsageError(`'${extension === '' ? basename(path) : extension}' is not a supported action runtime`, {
    hint: `use a file with one of ${knownExtensions.join(' ')}, a folder, or say --kind KIND or --docker IMAGE`,
  });
}
