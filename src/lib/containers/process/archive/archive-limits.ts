import { ArchiveError } from './archive-error.js';

const megabyte = 1024 * 1024;

/** Bounds of one archive (RS-222). */
export const maxEntries = 50_000;
const maxUnpacked = 512 * megabyte;
const maxRatio = 200;
const anyRatioBelow = 50 * megabyte;

/** Bytes that an archive of `packed` bytes may unpack to: 512 MB, and above 50 MB not more than 200 times its own length. */
export function unpackedLimit(packed: number): number {
  return Math.min(maxUnpacked, Math.max(anyRatioBelow, maxRatio * packed));
}

/** The refusal of an archive that would become too large. */
export function tooLargeError(limit: number): ArchiveError {
  return new ArchiveError('refused', `the archive unpacks to more than ${String(limit)} bytes`);
}

/** The refusal of an archive with too many entries. */
export function tooManyError(): ArchiveError {
  return new ArchiveError('refused', `the archive has more than ${String(maxEntries)} entries`);
}
