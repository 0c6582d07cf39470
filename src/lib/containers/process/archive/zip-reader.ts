import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { ArchiveError } from './archive-error.js';
import type { ArchiveEntry } from './archive-entry.js';
import { maxEntries, tooLargeError, tooManyError, unpackedLimit } from './archive-limits.js';

const inflate = promisify(inflateRaw);

const unixFormat = { mask: 0o170000, folder: 0o040000, file: 0o100000, link: 0o120000 };
const stored = 0;
const deflated = 8;

/** Reads the list of entries of a zip; contents are read and checked later, one by one. Rejects with ArchiveError (RS-222, RS-223). */
export async function readZip(bytes: Buffer): Promise<ArchiveEntry[]> {
  const limit = unpackedLimit(bytes.length);
  const entries: ArchiveEntry[] = [];
  let total = 0;
  try {
    // Names are checked by our own code, all of them before anything is written.
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, decodeStrings: false, autoClose: false });
    if (zip.entryCount > maxEntries) throw tooManyError();
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      if (total > limit) throw tooLargeError(limit);
      entries.push(await describe(zip, entry, bytes));
    }
  } catch (error) {
    throw error instanceof ArchiveError ? error : new ArchiveError('broken', textOf(error), { cause: error });
  }
  return entries;
}

async function describe(zip: ZipFile, entry: Entry, bytes: Buffer): Promise<ArchiveEntry> {
  const name = entry.fileNameRaw.toString('utf8');
  const unixMode = entry.externalFileAttributes >>> 16;
  const type = typeOf(name, unixMode);
  const read = (): Promise<Buffer> => readContent(zip, entry, bytes);
  const mode = unixMode === 0 ? undefined : unixMode & 0o777;
  return type === 'link'
    ? { name, type, mode, read, target: (await read()).toString('utf8') }
    : { name, type, mode, read };
}

function typeOf(name: string, unixMode: number): ArchiveEntry['type'] {
  const format = unixMode & unixFormat.mask;
  if (format === unixFormat.link) return 'link';
  if (format !== 0 && format !== unixFormat.file && format !== unixFormat.folder) return 'special file';
  return name.endsWith('/') || format === unixFormat.folder ? 'folder' : 'file';
}

async function readContent(zip: ZipFile, entry: Entry, bytes: Buffer): Promise<Buffer> {
  const name = entry.fileNameRaw.toString('utf8');
  if (entry.isEncrypted()) throw new ArchiveError('refused', `archive entry "${name}" is encrypted`);
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated) {
    throw new ArchiveError('refused', `archive entry "${name}" is packed with an unknown method`);
  }
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
    const content = entry.compressionMethod === stored ? packed : await unpack(packed, entry.uncompressedSize);
    // The library checks neither: sizes count while inflating, and damaged bytes must not run (RS-222, RS-223).
    if (content.length === entry.uncompressedSize && crc32(content) === entry.crc32) return content;
  } catch (error) {
    throw new ArchiveError('broken', `archive entry "${name}" is damaged`, { cause: error });
  }
  throw new ArchiveError('broken', `archive entry "${name}" is damaged`);
}

async function unpack(packed: Buffer, size: number): Promise<Buffer> {
  // zlib wants room for at least one byte.
  return inflate(packed, { maxOutputLength: Math.max(size, 1) });
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
