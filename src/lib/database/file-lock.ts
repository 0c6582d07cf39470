import { closeSync, openSync } from 'node:fs';
import { SqliteFile } from './sqlite-file.js';
import { StoreLocked } from './store-errors.js';

/**
 * A lock that the kernel drops when its owner dies (RS-142). It is SQLite's own lock on a file that stays empty; neither the existence nor
 * the content of the file means anything.
 */
export class FileLock {
  private constructor(private readonly file: SqliteFile) {}

  /** Takes the lock at once; undefined when another process has it. */
  static acquire(path: string): FileLock | undefined {
    // SQLite would create the file with the mode that the umask leaves (RS-231).
    closeSync(openSync(path, 'a', 0o600));
    const file = SqliteFile.open(path);
    try {
      file.execute('BEGIN EXCLUSIVE');
      return new FileLock(file);
    } catch (error) {
      if (error instanceof StoreLocked) return undefined;
      throw error;
    }
  }

  release(): void {
    this.file.execute('ROLLBACK');
  }
}
