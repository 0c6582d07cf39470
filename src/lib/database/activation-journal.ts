import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type ActivationWrite, decodeFrames, encodeFrames, type SharedTemplates } from './journal-frames.js';
import { StoreDamaged, StoreFull } from './store-errors.js';

/** What a journal held that nobody had folded. */
export interface Leftovers {
  readonly writes: readonly ActivationWrite[];
  /** Bytes of an unfinished frame that were cut off. */
  readonly cut: number;
}

/** Bytes that are written without making a new buffer: about fifty records. Pages that are never used cost no memory. */
const scratchSize = 256 * 1024;

/** Templates that a file says by their number; more are forgotten, and said whole again. */
const mostTemplates = 1_000;

/**
 * A file in front of the tables: what was accepted or has ended is appended to it with one write, and that is all an answer waits for. It
 * survives the death of the process, as a commit in a write-ahead log without sync does (RS-102, RS-103); a power loss may cost its end,
 * never the tables. The file exists only while something has not been folded into the tables yet. One SQLite commit for each turn of the
 * event loop instead is about thirteen writes of 4 KB (P-2A, P-28).
 */
export class ActivationJournal {
  private descriptor: number | undefined;
  private length = 0;
  private scratch: Buffer | undefined;
  /** What the file has said whole. */
  private templates: SharedTemplates = new Map();

  /** Touches nothing. The folder must be owned already (RS-142). */
  constructor(private readonly path: string) {}

  /** Bytes in the file. */
  get size(): number {
    return this.length;
  }

  /** Throws StoreDamaged when something that cannot be a journal lies in its place; changes nothing (RS-123). */
  examine(): void {
    const stats = lstatSync(this.path, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isFile()) throw new StoreDamaged(this.path, 'it is not a regular file');
  }

  /** What the platform before this one left behind, in order; the file then ends with it. Throws StoreDamaged. */
  recover(): Leftovers {
    rmSync(successorOf(this.path), { force: true });
    if (!existsSync(this.path)) return { writes: [], cut: 0 };
    try {
      const bytes = readFileSync(this.path);
      const { writes, length } = decodeFrames(bytes);
      this.truncate(length);
      return { writes, cut: bytes.length - length };
    } catch (error) {
      throw new StoreDamaged(this.path, `it cannot be read (${String(error)})`, error);
    }
  }

  /** Appends all of them or nothing. Throws StoreFull. */
  append(writes: readonly ActivationWrite[]): void {
    if (this.templates.size > mostTemplates) this.templates.clear();
    const bytes = encodeFrames(writes, (this.scratch ??= Buffer.allocUnsafeSlow(scratchSize)), this.templates);
    try {
      this.write(bytes);
    } catch (error) {
      this.templates.clear();
      // A part of a frame would hide all that follow it.
      if (this.descriptor !== undefined) ftruncateSync(this.descriptor, this.length);
      throw isFull(error) ? new StoreFull(dirname(this.path), error) : error;
    }
    this.length += bytes.length;
  }

  /** To be called when everything in it is in the tables. */
  clear(): void {
    if (this.length > 0) this.truncate(0);
  }

  /** Replaces all that is in it. Throws StoreFull; it is then as it was. */
  rewrite(writes: readonly ActivationWrite[]): void {
    const path = successorOf(this.path);
    const successor = new ActivationJournal(path);
    try {
      successor.append(writes);
    } finally {
      successor.close();
    }
    // Not every system replaces an open file.
    this.closeDescriptor();
    renameSync(path, this.path);
    this.length = successor.length;
    this.templates = successor.templates;
  }

  /** Leaves no file unless something is in it that the tables do not have. */
  close(): void {
    if (this.descriptor === undefined) return;
    this.closeDescriptor();
    if (this.length === 0) rmSync(this.path, { force: true });
  }

  private write(bytes: Buffer): void {
    // A disk that becomes full in the middle takes a part, and fails at the next try.
    for (let done = 0; done < bytes.length;) {
      done += writeSync(this.open(), bytes, done, bytes.length - done, this.length + done);
    }
  }

  private truncate(length: number): void {
    ftruncateSync(this.open(), length);
    this.length = length;
    this.templates.clear();
  }

  private closeDescriptor(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private open(): number {
    return (this.descriptor ??= openSync(this.path, constants.O_RDWR | constants.O_CREAT, 0o600));
  }
}

/** Where the next version of a journal is written: a crash leaves one of the two. */
function successorOf(path: string): string {
  return `${path}-new`;
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
