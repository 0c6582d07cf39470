import { closeSync, existsSync, lstatSync, openSync, chmodSync, type Stats } from 'node:fs';
import { checkAfterCrash } from './crash-check.js';
import { readFileHeader } from './file-header.js';
import { migrate } from './migrations.js';
import { applicationId, type Schema } from './schema.js';
import { memoryPath, SqliteFile, sqliteCode, type SqliteMode } from './sqlite-file.js';
import { StoreDamaged, StoreTooNew } from './store-errors.js';

/** What is needed to open one file of the store. */
export interface StoreFileOptions extends SqliteMode {
  /** A path, or `:memory:`. */
  readonly path: string;
  readonly schema: Schema;
}

/** A file of the store that was looked at and not touched yet. */
export interface ExaminedFile {
  readonly file: SqliteFile;
  /** True when the previous owner did not close it: it was killed, or the machine stopped. */
  readonly unclean: boolean;
  /** True when there was no file. */
  readonly created: boolean;
}

/** Above it a file that was not closed cleanly is opened without reading every page (RS-122). Bytes. */
const thoroughLimit = 100 * 1024 * 1024;

/** Up to it a file is always read once before it is used; about 1 ms per megabyte. */
const routineLimit = 4 * 1024 * 1024;

/**
 * Looks for everything that can be wrong with a file before anything is written to it; a missing file is made. Throws StoreDamaged,
 * StoreTooNew or StoreLocked.
 */
export async function examineStoreFile(options: StoreFileOptions): Promise<ExaminedFile> {
  const { path } = options;
  if (path === memoryPath) return { file: SqliteFile.open(path), unclean: false, created: false };
  const created = !existsSync(path);
  const unclean = await inspect(options);
  try {
    const file = SqliteFile.open(path);
    if (!unclean) checkRoutinely(file);
    return { file, unclean, created };
  } catch (error) {
    throw asDamage(path, error);
  }
}

/** Takes the lock of an examined file and brings it to its schema. Throws StoreLocked, StoreDamaged or StoreFull. */
export function ownStoreFile({ file }: ExaminedFile, options: StoreFileOptions): void {
  try {
    file.ownExclusively(options);
    migrate(file, options.schema);
  } catch (error) {
    throw asDamage(options.path, error);
  }
}

/** Looks at the file as it lies there; gives whether it was left unclean. */
async function inspect({ path, schema }: StoreFileOptions): Promise<boolean> {
  const size = makePrivate(path);
  const log = sizeOf(`${path}-wal`);
  const unclean = log > 0;
  if (size === 0 && !unclean) return false;
  const header = readFileHeader(path);
  if (header === undefined) throw new StoreDamaged(path, 'it is not a SQLite database');
  const suspicious = unclean || header.writeAhead;
  if (!suspicious && header.size < header.expectedSize) {
    throw new StoreDamaged(
      path,
      `it is cut off (${String(header.size)} of ${String(header.expectedSize)} bytes are there)`,
    );
  }
  const { userVersion, applicationId: found } = suspicious
    ? await checkAfterCrash(path, size + log <= thoroughLimit)
    : header;
  if (found !== applicationId && userVersion !== 0) throw new StoreDamaged(path, 'it was not written by rt');
  if (userVersion > schema.version) throw new StoreTooNew(path, userVersion, schema.version);
  return suspicious;
}

/** Makes the file if it is missing, readable for its owner only (RS-231). Gives its size. */
function makePrivate(path: string): number {
  const stats = lstatOf(path);
  if (stats === undefined) {
    closeSync(openSync(path, 'wx', 0o600));
    return 0;
  }
  if (stats.isDirectory()) throw new StoreDamaged(path, 'it is a folder');
  if (!stats.isFile()) throw new StoreDamaged(path, 'it is not a regular file');
  try {
    if ((stats.mode & 0o077) !== 0) chmodSync(path, 0o600);
    closeSync(openSync(path, 'r+'));
  } catch (error) {
    throw new StoreDamaged(path, `it cannot be opened (${codeOf(error)})`, error);
  }
  return stats.size;
}

function checkRoutinely(file: SqliteFile): void {
  if (sizeOf(file.path) > routineLimit) return;
  const verdict = file.pragma('quick_check(1)');
  if (verdict !== 'ok') throw new StoreDamaged(file.path, String(verdict).replaceAll('\n', ' '));
}

function asDamage(path: string, error: unknown): unknown {
  const code = sqliteCode(error) ?? '';
  const damaged = code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_IOERR');
  return damaged ? new StoreDamaged(path, error instanceof Error ? error.message : code, error) : error;
}

function sizeOf(path: string): number {
  return existsSync(path) ? (lstatOf(path)?.size ?? 0) : 0;
}

function lstatOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
