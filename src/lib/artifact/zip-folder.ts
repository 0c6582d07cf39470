import { join } from 'node:path';
import type { ZipFile } from 'yazl';
import { UsageError } from '../errors/client-errors.js';
import { type FolderEntry, listFolder } from './folder-entries.js';
import { loadIgnoreRules } from './ignore-rules.js';
import { contentOf, zipMode, type ZipSource } from './zip-content.js';

/** A folder as a zip. */
export interface ZippedFolder {
  readonly zip: Buffer;
  /** Paths inside, sorted. */
  readonly paths: readonly string[];
  /** Sentences about what was left out, for notes to the user. */
  readonly notes: readonly string[];
}

/** More than this many times the limit is not even tried: everything is held in memory while it is compressed. */
const hopelessRatio = 8;

const namedPaths = 5;

/**
 * Zips a folder so that the same input gives the same bytes (C-35, D-34): entries sorted, all times 1980-01-01, two modes,
 * no extra fields, links stored as links. Throws UsageError when the zip exceeds `maxBytes`, naming the largest files.
 */
export async function zipFolder(folder: string, maxBytes: number): Promise<ZippedFolder> {
  const { entries, notes } = await listFolder(folder, await loadIgnoreRules(folder));
  const sources = entries.map((entry) => ({ ...entry, file: join(folder, entry.path) }));
  const zip = await zipFiles(sources, { name: folder, maxBytes });
  return { zip, paths: entries.map(({ path }) => path), notes };
}

/** Zips files as `zipFolder` does, in the order given; `name` is what messages call them. */
export async function zipFiles(
  sources: readonly ZipSource[],
  { name, maxBytes }: { readonly name: string; readonly maxBytes: number },
): Promise<Buffer> {
  const total = sources.reduce((sum, { size }) => sum + size, 0);
  if (total > hopelessRatio * maxBytes) {
    throw tooLarge(name, sources, `${megabytes(total)} before compression`, maxBytes);
  }
  const { ZipFile } = await import('yazl');
  const archive = new ZipFile();
  const bytes = collect(archive);
  for (const source of sources) await add(archive, source);
  archive.end();
  const zip = await bytes;
  if (zip.length > maxBytes) throw tooLarge(name, sources, `${megabytes(zip.length)} as a zip`, maxBytes);
  return zip;
}

async function add(archive: ZipFile, source: ZipSource): Promise<void> {
  const content = await contentOf(source);
  // The local time of a fixed date gives the same bytes in every time zone, because zips hold local times.
  archive.addBuffer(content, source.path, {
    mtime: new Date(1980, 0, 1),
    mode: zipMode(source),
    forceDosTimestamp: true,
  });
}

async function collect(archive: ZipFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of archive.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function tooLarge(folder: string, entries: readonly FolderEntry[], size: string, maxBytes: number): UsageError {
  const largest = [...entries].sort((a, b) => b.size - a.size).slice(0, namedPaths);
  const list = largest.map((entry) => `${entry.path} (${megabytes(entry.size)})`).join(', ');
  return new UsageError(`'${folder}' is too large: ${size}, allowed are ${megabytes(maxBytes)}`, {
    hint: `the largest files are ${list}; leave out what is not needed with .rtignore`,
  });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
