import { ArchiveError } from './archive-error.js';

/** Length of a tar block in bytes. */
export const tarBlock = 512;

/** What this reader needs of a tar header. */
export interface TarHeader {
  readonly name: string;
  /** The type flag, one character. */
  readonly flag: string;
  readonly mode: number;
  readonly size: number;
  /** Where a link points to. */
  readonly target: string;
}

const field = {
  name: [0, 100],
  mode: [100, 8],
  size: [124, 12],
  checksum: [148, 8],
  target: [157, 100],
  prefix: [345, 155],
} as const;
const flagAt = 156;
const magicAt = 257;

/** Reads one header block. Throws ArchiveError when its checksum is wrong. */
export function readTarHeader(block: Buffer): TarHeader {
  if (readNumber(block, field.checksum) !== checksumOf(block)) {
    throw new ArchiveError('broken', 'the tar archive has a damaged header');
  }
  const name = readText(block, field.name);
  const prefix = block.toString('latin1', magicAt, magicAt + 6) === 'ustar\0' ? readText(block, field.prefix) : '';
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    flag: String.fromCharCode(block[flagAt] ?? 0),
    mode: readNumber(block, field.mode),
    size: readNumber(block, field.size),
    target: readText(block, field.target),
  };
}

/** What a pax or GNU extension says about the entry that follows; undefined when the flag is that of an entry. */
export function readExtendedHeader(flag: string, content: Buffer): Partial<TarHeader> | undefined {
  if (flag === 'L') return { name: upToNul(content) };
  if (flag === 'K') return { target: upToNul(content) };
  if (flag === 'g') return {};
  return flag === 'x' ? readPaxRecords(content) : undefined;
}

/** Records are `<length> <key>=<value>\n`, the length being that of the whole record in bytes. */
function readPaxRecords(content: Buffer): Partial<TarHeader> {
  const records = new Map<string, string>();
  for (let at = 0; at < content.length;) {
    const blank = content.indexOf(0x20, at);
    const length = Number(content.toString('latin1', at, blank));
    const record = content.toString('utf8', blank + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (blank === -1 || !Number.isInteger(length) || length <= 0 || equals === -1) {
      throw new ArchiveError('broken', 'the tar archive has a damaged extended header');
    }
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  const [name, target, size] = [records.get('path'), records.get('linkpath'), records.get('size')];
  return {
    ...(name === undefined ? {} : { name }),
    ...(target === undefined ? {} : { target }),
    ...(size === undefined ? {} : { size: checkedSize(Number(size)) }),
  };
}

function readNumber(block: Buffer, [start, length]: readonly [number, number]): number {
  // GNU writes numbers that do not fit into octal digits in base 256, marked by the first bit.
  if (((block[start] ?? 0) & 0x80) !== 0) return checkedSize(Number(block.readBigUInt64BE(start + length - 8)));
  const digits = block.toString('latin1', start, start + length).replace(/[\0 ]+/g, '');
  return digits === '' ? 0 : checkedSize(/^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN);
}

function checkedSize(number: number): number {
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new ArchiveError('broken', 'the tar archive has a damaged header');
}

function readText(block: Buffer, [start, length]: readonly [number, number]): string {
  return upToNul(block.subarray(start, start + length));
}

function upToNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end === -1 ? bytes.length : end);
}

function checksumOf(block: Buffer): number {
  const [start, length] = field.checksum;
  let sum = 0;
  for (const [at, byte] of block.entries()) sum += at >= start && at < start + length ? 0x20 : byte;
  return sum;
}
