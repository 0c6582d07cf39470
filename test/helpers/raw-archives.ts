import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

/** One entry of an archive that may be as wrong as a test wants it. */
export interface RawEntry {
  readonly name: string;
  readonly content?: Buffer | string;
  /** File type and permission bits; 0 where the archive should have none. */
  readonly mode?: number;
  /** zip: compression method, flags, and what the directory claims. */
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  /** tar: type flag and link target. */
  readonly type?: string;
  readonly target?: string;
}

export const linkMode = 0o120777;
const fileMode = 0o100644;

/** Writes a zip without any check. */
export function rawZip(entries: readonly RawEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { name, packed, fields } = zipParts(entry);
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      fields,
      uint16(name.length),
      uint16(0),
      name,
      packed,
    ]);
    const mode = uint32(((entry.mode ?? fileMode) << 16) >>> 0);
    const tail = [uint16(name.length), Buffer.alloc(8), mode, uint32(offset), name];
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), uint16(0x0314), fields, ...tail]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const count = uint16(entries.length);
  const end = [
    Buffer.from('PK\x05\x06\0\0\0\0', 'latin1'),
    count,
    count,
    uint32(directory.length),
    uint32(offset),
    uint16(0),
  ];
  return Buffer.concat([...locals, directory, ...end]);
}

/** Writes a gzipped tar without any check but correct checksums. */
export function rawTarGz(entries: readonly RawEntry[]): Buffer {
  return gzipSync(Buffer.concat([...entries.map(tarEntry), Buffer.alloc(1024)]));
}

function zipParts(entry: RawEntry): { name: Buffer; packed: Buffer; fields: Buffer } {
  const content = Buffer.from(entry.content ?? '');
  const method = entry.method ?? 8;
  const packed = method === 8 ? deflateRawSync(content) : content;
  const [crc, size] = [entry.crc ?? crc32(content), entry.size ?? content.length];
  const head = [uint16(20), uint16(entry.flags ?? 0x800), uint16(method), uint32(0)];
  const fields = Buffer.concat([...head, uint32(crc), uint32(packed.length), uint32(size)]);
  return { name: Buffer.from(entry.name), packed, fields };
}

function tarEntry({ name, content = '', mode = 0o644, type = '0', target = '' }: RawEntry): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write(`${(mode & 0o777).toString(8).padStart(7, '0')}\0`, 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write(target, 157, 100);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
