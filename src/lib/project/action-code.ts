import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { isBinary } from '../artifact/binary-detection.js';
import { extensionOf, familyOf, kindByName } from '../artifact/kind-by-name.js';
import { readStableFile } from '../artifact/stable-file.js';
import { treeHash, type ZipSource } from '../artifact/zip-content.js';
import { zipFiles } from '../artifact/zip-folder.js';
import { maxExecBytes } from '../entity/limits.js';
import { UsageError } from '../errors/client-errors.js';
import { type CodeLook, kindOf, type KnownKind } from './action-kind.js';
import type { DesiredCode, DesiredCodeAction } from './desired-state.js';
import type { CodeActionDraft, CodeDraft } from './draft.js';
import { folderSources } from './folder-code.js';
import type { Reading } from './reading.js';
import type { Written } from './source-tree.js';

/** Where the code of actions is looked for, and what kinds there are. */
export interface CodeSurroundings {
  /** Folder of the project, absolute. */
  readonly root: string;
  readonly kinds: readonly KnownKind[];
}

type CodePath = Extract<CodeDraft, { type: 'path' }>;

/** Code that was found, and how it looks for telling its kind. */
interface FoundCode {
  readonly look: CodeLook;
  readonly code: DesiredCode;
}

/** Bytes of a zip that still fit as base64, which makes four characters of three bytes. */
const maxZipBytes = Math.floor(maxExecBytes / 4) * 3;

/** Sources that a nodejs runtime does not take as they are. */
const bundled: ReadonlySet<string> = new Set(['.ts', '.mts', '.cts', '.tsx', '.jsx']);

/** An action with its code found and its kind told; undefined when either is impossible, which is reported. */
export async function codeAction(
  reading: Reading,
  draft: CodeActionDraft,
  around: CodeSurroundings,
): Promise<DesiredCodeAction | undefined> {
  const found = await findCode(reading, draft.code, around);
  if (found === undefined && draft.code.type === 'path') return undefined;
  const kind = kindOf(reading, draft, found?.look, around.kinds);
  if (kind === undefined) return undefined;
  if (draft.code.type === 'path' && found !== undefined) refuseSources(reading, draft.code, found.look, kind);
  const { main, image, version, environment, parameters, annotations, limits } = draft;
  return {
    kind,
    ...(main === undefined ? {} : { main }),
    ...(image === undefined ? {} : { image }),
    ...(found === undefined ? {} : { code: found.code }),
    ...(version === undefined ? {} : { version }),
    parameters,
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
    annotations,
    limits,
  };
}

async function findCode(reading: Reading, draft: CodeDraft, around: CodeSurroundings): Promise<FoundCode | undefined> {
  if (draft.type === 'none') return undefined;
  if (draft.type === 'inline') return inlineCode(draft.node.text, draft.node.file.name);
  const { at, path } = draft;
  if (/^https?:\/\//i.test(path)) {
    reading.diagnostics.error('no-code', at, 'code from the network is not supported yet', {
      hint: 'download the file and name it here',
    });
    return undefined;
  }
  const full = resolve(dirname(at.file.path), path);
  const stats = await stat(full).catch(() => undefined);
  try {
    if (stats?.isFile() === true) return await fileCode(reading, draft, { full, root: around.root });
    if (stats?.isDirectory() === true) return await folderCode(reading, draft, { full, root: around.root });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    reading.diagnostics.error('build-failed', at, error.message, { hint: error.hint });
    return undefined;
  }
  await reportMissing(reading, path, full, at);
  return undefined;
}

function inlineCode(text: string, source: string): FoundCode {
  return {
    look: { type: 'inline' },
    code: { source, binary: false, ...facts(Buffer.from(text)), read: () => Promise.resolve(text) },
  };
}

async function fileCode(
  reading: Reading,
  { path, at }: CodePath,
  { full, root }: { readonly full: string; readonly root: string },
): Promise<FoundCode> {
  const bytes = await readStableFile(full, path);
  if (bytes.length === 0) reading.diagnostics.error('no-code', at, `'${path}' is an empty file`);
  const binary = extensionOf(path) === '.zip' || kindByName(path)?.binary === true || isBinary(bytes);
  if (bytes.length > (binary ? maxZipBytes : maxExecBytes)) throw new UsageError(`'${path}' is too large`);
  const read = async (): Promise<string> => (await readStableFile(full, path)).toString(binary ? 'base64' : 'utf8');
  return { look: { type: 'file', path }, code: { ...placeIn(root, full), binary, ...facts(bytes), read } };
}

async function folderCode(
  reading: Reading,
  draft: CodePath,
  { full, root }: { readonly full: string; readonly root: string },
): Promise<FoundCode> {
  const { at, path, include, exclude } = draft;
  const base = dirname(at.file.path);
  const { sources, notes } = await folderSources(reading, {
    base,
    path: relative(base, full).replaceAll(sep, '/'),
    include,
    exclude,
  });
  for (const note of notes) reading.diagnostics.warning('secret-in-manifest', at, note);
  if (sources.length === 0) reading.diagnostics.error('no-code', at, `'${path}' is an empty folder`);
  const zip = (): Promise<Buffer> => zipFiles(sources, { name: path, maxBytes: maxZipBytes });
  // The zip is made to know its size and dropped again; it is made once more, with the same bytes, when it is sent (P-53).
  const size = (await zip()).length;
  return {
    look: { type: 'folder', path, rootNames: rootNames(sources) },
    code: {
      ...placeIn(root, full),
      binary: true,
      size,
      digest: await treeHash(sources),
      files: sources.map((source) => source.path),
      read: async () => (await zip()).toString('base64'),
    },
  };
}

function rootNames(sources: readonly ZipSource[]): readonly string[] {
  return [...new Set(sources.map(({ path }) => path.split('/', 1)[0] ?? ''))];
}

function facts(bytes: Buffer): Pick<DesiredCode, 'size' | 'digest'> {
  return { size: bytes.length, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
}

/** The shown path, and whether it lies outside of the project (D-2). */
function placeIn(root: string, full: string): Pick<DesiredCode, 'source' | 'outside'> {
  const path = relative(root, full);
  const outside = path.startsWith('..') || isAbsolute(path);
  return { source: path.replaceAll(sep, '/'), ...(outside ? { outside } : {}) };
}

/** What has to be bundled first is refused: sent as it is, the action would fail when it is invoked. */
function refuseSources({ diagnostics }: Reading, { at, path }: CodePath, look: CodeLook, kind: string): void {
  if (familyOf(kind) !== 'nodejs') return;
  const source = look.type === 'file' && bundled.has(extensionOf(path));
  const main = look.type === 'folder' && look.rootNames.includes('index.ts') && !look.rootNames.includes('index.js');
  if (!source && !main) return;
  diagnostics.error('build-failed', at, `'${path}' has to be bundled, which is not supported yet`, {
    hint: 'build it to JavaScript first and name what comes out under function',
  });
}

async function reportMissing(
  { diagnostics, nearest }: Reading,
  path: string,
  full: string,
  at: Written,
): Promise<void> {
  const names = await readdir(dirname(full)).catch(() => []);
  const near = nearest(basename(full), names);
  const suggestion = near === undefined ? undefined : `${path.slice(0, path.length - basename(path).length)}${near}`;
  diagnostics.error('file-not-found', at, `there is no '${path}'`, { suggestion });
}
