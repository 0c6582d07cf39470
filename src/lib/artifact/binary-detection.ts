import { isUtf8 } from 'node:buffer';

/** First bytes of archives and programs (C-34): zip, gzip, ELF, Mach-O in both byte orders and as a fat file. */
const magicNumbers = [
  '504b0304',
  '504b0506',
  '1f8b',
  '7f454c46',
  'feedface',
  'feedfacf',
  'cefaedfe',
  'cffaedfe',
  'cafebabe',
].map((digits) => Buffer.from(digits, 'hex'));

const tarMagicAt = 257;
const peOffsetAt = 0x3c;

/** Whether bytes are an archive or a program, or no text at all, and so travel as base64 (C-34). */
export function isBinary(bytes: Buffer): boolean {
  return isArchiveOrProgram(bytes) || !isUtf8(bytes);
}

/** Whether bytes begin as a zip archive does. */
export function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 2).toString('latin1') === 'PK' && [3, 5].includes(bytes[2] ?? 0);
}

function isArchiveOrProgram(bytes: Buffer): boolean {
  const beginsWith = (magic: Buffer): boolean => bytes.subarray(0, magic.length).equals(magic);
  return magicNumbers.some(beginsWith) || isTar(bytes) || isPortableExecutable(bytes);
}

function isTar(bytes: Buffer): boolean {
  return bytes.subarray(tarMagicAt, tarMagicAt + 5).toString('latin1') === 'ustar';
}

/** A text may begin with `MZ`, so the second header has to be there too. */
function isPortableExecutable(bytes: Buffer): boolean {
  if (bytes.length < peOffsetAt + 4 || bytes.subarray(0, 2).toString('latin1') !== 'MZ') return false;
  const offset = bytes.readUInt32LE(peOffsetAt);
  return bytes.subarray(offset, offset + 4).toString('latin1') === 'PE\0\0';
}
