import { dirname } from 'node:path';
import type Sqlite from 'libsql';
import { loadLibsql } from './load-libsql.js';
import { StoreFull, StoreLocked } from './store-errors.js';

/** A value in a row or of a parameter. Text must not contain NUL: SQLite's binding cuts it there; use a Buffer for foreign text. */
export type SqlValue = string | number | Buffer | null;

/** The values of one result row in the order of the columns. */
export type Row = readonly SqlValue[];

/** How {@link SqliteFile.ownExclusively} keeps a file. */
export interface SqliteMode {
  /**
   * With `FULL` every commit survives power loss; with `OFF` a crash of the process (RS-101, RS-102), and checkpoints and syncs are left to
   * {@link BackgroundCheckpoint}.
   */
  readonly synchronous: 'FULL' | 'OFF';
  /** Kilobytes of pages kept in memory. */
  readonly cache: number;
}

/** What SQLite calls `auto_vacuum=INCREMENTAL`. */
const incremental = 2;

/** Loaded with the first database. */
let binding: typeof Sqlite | undefined;

/** What a memory database is called. */
export const memoryPath = ':memory:';

/**
 * One open SQLite database. Statements are made once and kept. Each of `first`, `all` and `run` makes a statement of its own, because
 * libsql 0.5 gives an old row when `get` follows `all` on the same statement.
 */
export class SqliteFile {
  private constructor(
    readonly path: string,
    private readonly database: Sqlite.Database,
  ) {}

  /** Opens a database, creating it if it is missing. Rejects other processes from then on once {@link ownExclusively} was called. */
  static open(path: string): SqliteFile {
    binding ??= loadLibsql();
    return new SqliteFile(path, new binding(path));
  }

  /** Takes the kernel's lock, which dies with the process, and turns on the write-ahead log. Throws StoreLocked. */
  ownExclusively(mode: SqliteMode): void {
    this.guarded(() => {
      this.database.pragma('locking_mode=EXCLUSIVE');
      // Only a new file takes it. Where it is set already, SQLite writes it once more: five syncs for each file and start (P-14).
      if (this.pragma('auto_vacuum') !== incremental) this.database.pragma('auto_vacuum=INCREMENTAL');
      // The switch changes two bytes in the first sector of the file, which need no order: three syncs less for each start (P-14).
      this.database.pragma('synchronous=OFF');
      this.database.pragma('journal_mode=WAL');
      this.database.pragma(`synchronous=${mode.synchronous}`);
      this.database.pragma(`cache_size=-${String(mode.cache)}`);
      // Rare large checkpoints: pages that change often are copied once.
      this.database.pragma(`wal_autocheckpoint=${mode.synchronous === 'FULL' ? '2000' : '0'}`);
      this.database.pragma('foreign_keys=ON');
      // The lock is taken by the first access, so that a second platform fails here and not at its first write.
      this.database.exec('BEGIN IMMEDIATE; COMMIT');
    });
  }

  /** A query for at most one row. */
  first(sql: string): (...parameters: SqlValue[]) => Row | undefined {
    const statement = this.database.prepare(sql).raw();
    return (...parameters) => this.guarded(() => statement.get(parameters) as Row | undefined);
  }

  /** A query for any number of rows. */
  all(sql: string): (...parameters: SqlValue[]) => Row[] {
    const statement = this.database.prepare(sql).raw();
    return (...parameters) => this.guarded(() => statement.all(parameters) as Row[]);
  }

  /** A statement without result; gives the number of changed rows. */
  run(sql: string): (...parameters: SqlValue[]) => number {
    const statement = this.database.prepare(sql);
    return (...parameters) => this.guarded(() => statement.run(parameters).changes);
  }

  /** Runs SQL text of our own, one or more statements. */
  execute(sql: string): void {
    this.guarded(() => {
      this.database.exec(sql);
    });
  }

  /** The value of a PRAGMA. */
  pragma(name: string): SqlValue | undefined {
    return this.first(`PRAGMA ${name}`)()?.[0];
  }

  /** Copies what is in the log into the database file; syncs nothing when `synchronous` is `OFF`. */
  copyLog(): void {
    this.guarded(() => {
      this.database.pragma('wal_checkpoint(PASSIVE)');
    });
  }

  /** Cuts the log off after it was copied. */
  emptyLog(): void {
    this.guarded(() => {
      this.database.pragma('wal_checkpoint(TRUNCATE)');
    });
  }

  /** Bytes of the database without its log. */
  get size(): number {
    return Number(this.pragma('page_count')) * Number(this.pragma('page_size'));
  }

  /** Everything that `work` writes is stored together or not at all. `work` must not wait for anything. */
  transaction<T>(work: () => T): T {
    this.execute('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.execute('COMMIT');
      return result;
    } catch (error) {
      // SQLite has rolled back already after some errors, for instance a full disk.
      if (this.database.inTransaction) this.execute('ROLLBACK');
      throw error;
    }
  }

  /** Gives what `work` gives, and takes back everything that it writes. Needs no room on the disk. `work` must not wait for anything. */
  undone<T>(work: () => T): T {
    // What does not fit into the cache would be written to the log early.
    this.database.pragma('cache_spill=OFF');
    this.execute('BEGIN IMMEDIATE');
    try {
      return work();
    } finally {
      if (this.database.inTransaction) this.execute('ROLLBACK');
      this.database.pragma('cache_spill=ON');
    }
  }

  /**
   * Leaves nothing but the database file and gives up the lock. Closing alone would do neither, because prepared statements keep the
   * connection alive until they are collected. Without room for that the log stays, complete, for the next start: false.
   */
  close(): boolean {
    try {
      this.database.pragma('synchronous=FULL');
      this.database.pragma('wal_checkpoint(TRUNCATE)');
      this.database.pragma('journal_mode=DELETE');
      return true;
    } catch (error) {
      if (sqliteCode(error) === 'SQLITE_FULL') return false;
      throw error;
    } finally {
      this.database.pragma('locking_mode=NORMAL');
      this.database.prepare('SELECT count(*) FROM sqlite_schema').all();
      this.database.close();
    }
  }

  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const code = sqliteCode(error);
      if (code === 'SQLITE_FULL') throw new StoreFull(dirname(this.path), error);
      if (code === 'SQLITE_BUSY') throw new StoreLocked(this.path);
      throw error;
    }
  }
}

/** The name of SQLite's result code, `SQLITE_CORRUPT`; undefined for other errors. */
export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code.startsWith('SQLITE_') ? error.code : undefined;
}

/** A column that holds text. */
export function textAt(row: Row, column: number): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${String(column)} is not text`);
  return value;
}

/** A column that holds a number. */
export function numberAt(row: Row, column: number): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${String(column)} is not a number`);
  return value;
}

/** A column that holds bytes. */
export function bytesAt(row: Row, column: number): Buffer {
  const value = row[column];
  if (!Buffer.isBuffer(value)) throw new TypeError(`column ${String(column)} holds no bytes`);
  return value;
}
