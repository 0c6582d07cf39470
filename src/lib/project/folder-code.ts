import { lstat, stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { listFolder } from '../artifact/folder-entries.js';
import { loadIgnoreRules } from '../artifact/ignore-rules.js';
import type { ZipSource } from '../artifact/zip-content.js';
import type { IncludeDraft } from './draft.js';
import { matchesAny, parseGlob, plainPath } from './globs.js';
import type { Reading } from './reading.js';

/** A folder whose files become the code of an action. */
export interface CodeFolder {
  /** Folder of the manifest, absolute; `include` and `exclude` are relative to it. */
  readonly base: string;
  /** Relative to the manifest. */
  readonly path: string;
  readonly include: readonly IncludeDraft[];
  readonly exclude: readonly string[];
}

/** What goes into the zip of a folder, sorted by bytes of the names, and sentences about what was left out. */
export interface FolderSources {
  readonly sources: readonly ZipSource[];
  readonly notes: readonly string[];
}

/**
 * The files of a folder without what `exclude` and the ignore files name, and with what `include` adds, which wins (§1.1.2). Throws
 * UsageError for what cannot be read; sources of `include` that do not exist are reported.
 */
export async function folderSources(reading: Reading, folder: CodeFolder): Promise<FolderSources> {
  const root = join(folder.base, folder.path);
  const { entries, notes } = await listFolder(root, await loadIgnoreRules(root));
  const excluded = folder.exclude.map(parseGlob);
  const prefix = plainPath(folder.path);
  const kept = entries.filter(({ path }) => !matchesAny(excluded, `${prefix}/${path}`));
  const sources = new Map(kept.map((entry) => [entry.path, { ...entry, file: join(root, entry.path) }]));
  for (const include of folder.include) {
    for (const source of await includedSources(reading, folder.base, include)) sources.set(source.path, source);
  }
  const sorted = [...sources.values()].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  return { sources: sorted, notes };
}

async function includedSources(reading: Reading, base: string, include: IncludeDraft): Promise<readonly ZipSource[]> {
  const found = await findIncluded(base, include);
  if (found === undefined || found.length === 0) {
    const message = found === undefined ? `there is no '${include.source}'` : `no file matches '${include.source}'`;
    reading.diagnostics.error('file-not-found', include.at, message, {
      hint: 'paths start at the folder of the manifest',
    });
    return [];
  }
  return found.filter(({ path }) => {
    const inside = path !== '' && !path.startsWith('/') && !path.split('/').includes('..');
    if (!inside) reading.diagnostics.error('bad-value', include.at, `'${path}' would lie outside of the zip`);
    return inside;
  });
}

/** The files that a source names, under their names in the zip; undefined when a path does not exist. */
async function findIncluded(
  base: string,
  { source, destination }: IncludeDraft,
): Promise<readonly ZipSource[] | undefined> {
  const glob = parseGlob(source);
  const start = join(base, glob.fixed);
  const stats = await stat(start).catch(() => undefined);
  if (stats === undefined) return glob.wild ? [] : undefined;
  if (!glob.wild && stats.isFile()) {
    const { size, mode } = await lstat(start);
    const path = fileName(destination, source, basename(source));
    return [{ path, file: start, size, executable: (mode & 0o111) !== 0 }];
  }
  const { entries } = await listFolder(start, await loadIgnoreRules(start));
  return entries.flatMap((entry) => {
    const full = glob.fixed === '' ? entry.path : `${glob.fixed}/${entry.path}`;
    const stars = glob.wild ? glob.match(full) : [];
    if (stars === undefined) return [];
    const path = glob.wild
      ? globName(destination, source, { full, stars })
      : posix.join(inZip(destination), entry.path);
    return [{ ...entry, path, file: join(start, entry.path) }];
  });
}

/** The name of a single file: its source path when nothing is said, in a folder when the destination ends in `/`. */
function fileName(destination: string, source: string, base: string): string {
  if (destination === source) return inZip(source);
  return destination.endsWith('/') || destination === '.' ? posix.join(inZip(destination), base) : inZip(destination);
}

/** `*` in the destination keeps what the glob matched; a destination without it is a folder. */
function globName(
  destination: string,
  source: string,
  { full, stars }: { readonly full: string; readonly stars: readonly string[] },
): string {
  if (destination === source) return inZip(full);
  if (!destination.includes('*')) return posix.join(inZip(destination), posix.basename(full));
  const left = [...stars];
  const name = destination.replace(/\*\*\/|\*\*|\*/g, () => left.shift() ?? '');
  return name.endsWith('/') ? posix.join(inZip(name), posix.basename(full)) : inZip(name);
}

/** A path in the zip: what lies above the manifest loses its `../`. */
function inZip(path: string): string {
  const plain = plainPath(path).replace(/^(?:\.\.\/)+/, '');
  return plain === '.' ? '' : plain;
}
