import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What the first bytes of a database file and its size say (https://www.sqlite.org/fileformat.html, 1.3). */
export interface FileHeader {
  /** Bytes of the file. */
  readonly size: number;
  readonly userVersion: number;
  readonly applicationId: number;
  /** Whether the file was in write-ahead mode when it was last used: after a clean stop it is not. */
  readonly writeAhead: boolean;
  /** Bytes that the file should have. */
  readonly expectedSize: number;
}

const headerLength = 100;
const magic = 'SQLite format 3\u0000';

/** Reads the header without SQLite and without changing anything; undefined when it is not one. */
export function readFileHeader(path: string): FileHeader | undefined {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(headerLength);
    const { size } = fstatSync(descriptor);
    if (readSync(descriptor, bytes, 0, headerLength, 0) < headerLength) return undefined;
    return bytes.toString('latin1', 0, 16) === magic ? parseHeader(bytes, size) : undefined;
  } finally {
    closeSync(descriptor);
  }
}

function parseHeader(bytes: Buffer, size: number): FileHeader {
  const pageSize = bytes.readUInt16BE(16);
  return {
    size,
    userVersion: bytes.readUInt32BE(60),
    applicationId: bytes.readUInt32BE(68),
    writeAhead: bytes.readUInt8(18) === 2,
    // 1 stands for 65536, which does not fit into the two bytes.
    expectedSize: (pageSize === 1 ? 65_536 : pageSize) * bytes.readUInt32BE(28),
  };
}
