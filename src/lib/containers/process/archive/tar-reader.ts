import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ArchiveError } from './archive-error.js';
import type { ArchiveEntry } from './archive-entry.js';
import { maxEntries, tooLargeError, tooManyError, unpackedLimit } from './archive-limits.js';
import { readExtendedHeader, readTarHeader, tarBlock, type TarHeader } from './tar-header.js';

const unzip = promisify(gunzip);

const typeOfFlag: Readonly<Record<string, ArchiveEntry['type']>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hard link',
  '2': 'link',
  '5': 'folder',
};

/** Reads a gzipped tar: ustar, with the extensions of pax and GNU for long names. Rejects with ArchiveError (RS-222, RS-223). */
export async function readTarGz(bytes: Buffer): Promise<ArchiveEntry[]> {
  return readTar(await inflate(bytes));
}

async function inflate(bytes: Buffer): Promise<Buffer> {
  const limit = unpackedLimit(bytes.length);
  try {
    return await unzip(bytes, { maxOutputLength: limit });
  } catch (error) {
    if (error instanceof RangeError) throw tooLargeError(limit);
    throw new ArchiveError('broken', error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function readTar(tar: Buffer): ArchiveEntry[] {
  const entries: ArchiveEntry[] = [];
  let extension: Partial<TarHeader> = {};
  for (let at = 0; at + tarBlock <= tar.length && tar[at] !== 0;) {
    const header = readTarHeader(tar.subarray(at, at + tarBlock));
    const start = at + tarBlock;
    const size = extension.size ?? header.size;
    if (start + size > tar.length) throw new ArchiveError('broken', 'the tar archive is cut off');
    const content = tar.subarray(start, start + size);
    at = start + Math.ceil(size / tarBlock) * tarBlock;
    const extended = readExtendedHeader(header.flag, content);
    if (extended !== undefined) {
      extension = { ...extension, ...extended };
    } else {
      entries.push(describe({ ...header, ...extension }, content));
      extension = {};
    }
    if (entries.length > maxEntries) throw tooManyError();
  }
  return entries;
}

function describe({ name, flag, mode, target }: TarHeader, content: Buffer): ArchiveEntry {
  const type = typeOfFlag[flag] ?? 'special file';
  const isFolder = type === 'folder' || (type === 'file' && name.endsWith('/'));
  return { name, type: isFolder ? 'folder' : type, mode: mode & 0o777, target, read: () => Promise.resolve(content) };
}
