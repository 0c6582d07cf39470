import { closeSync, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { applicationId, type Schema } from './schema.js';
import { memoryPath, type SqliteFile } from './sqlite-file.js';
import { StoreTooNew } from './store-errors.js';

/**
 * Brings an open database to its schema: creates it, leaves it, or upgrades it. An upgrade first copies the file aside and then is one
 * transaction, so that whatever happens one of the two versions can open what is there (RS-272). The copy is removed by the next start
 * that finds nothing to do.
 */
export function migrate(file: SqliteFile, schema: Schema): void {
  const found = Number(file.pragma('user_version'));
  if (found > schema.version) throw new StoreTooNew(file.path, found, schema.version);
  if (found === schema.version) {
    removeCopies(file.path);
    return;
  }
  if (found === 0) {
    file.transaction(() => {
      file.execute(schema.create);
      file.execute(`PRAGMA application_id=${String(applicationId)}; PRAGMA user_version=${String(schema.version)}`);
    });
    return;
  }
  copyAside(file, found);
  file.transaction(() => {
    for (const step of schema.migrations.filter(({ to }) => to > found)) {
      file.execute(step.sql);
      file.execute(`PRAGMA user_version=${String(step.to)}`);
    }
  });
}

/** Where the copy of a file lies that had the schema `version`. */
export function copyPath(path: string, version: number): string {
  return `${path}.schema-${String(version)}.bak`;
}

function copyAside(file: SqliteFile, version: number): void {
  if (file.path === memoryPath) return;
  const path = copyPath(file.path, version);
  rmSync(path, { force: true });
  // SQLite accepts an existing empty file, and this one has the right mode (RS-231).
  closeSync(openSync(path, 'wx', 0o600));
  file.run('VACUUM INTO ?')(path);
}

function removeCopies(path: string): void {
  if (path === memoryPath || !existsSync(dirname(path))) return;
  const prefix = `${basename(path)}.schema-`;
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(prefix) && name.endsWith('.bak')) rmSync(join(dirname(path), name), { force: true });
  }
}
