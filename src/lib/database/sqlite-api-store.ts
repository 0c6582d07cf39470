import type { ApiStore, StoredApi } from './api-store.js';
import { promised } from './promised.js';
import { bytesAt, type SqliteFile, textAt } from './sqlite-file.js';

/** APIs of the gateway in `entities.db`. */
export class SqliteApiStore implements ApiStore {
  private readonly all;
  private readonly document;
  private readonly upsert;
  private readonly remove;

  constructor(private readonly deps: { readonly file: SqliteFile }) {
    const { file } = deps;
    this.all = file.all('SELECT base_path, document FROM apis WHERE namespace = ? ORDER BY base_path');
    this.document = file.first('SELECT document FROM apis WHERE namespace = ? AND base_path = ?');
    this.upsert = file.run(
      'INSERT INTO apis VALUES (?, ?, ?) ON CONFLICT (namespace, base_path) DO UPDATE SET document = excluded.document',
    );
    this.remove = file.run('DELETE FROM apis WHERE namespace = ? AND base_path = ?');
  }

  list(namespace: string): Promise<StoredApi[]> {
    return promised(() =>
      this.all(namespace).map((row) => ({ basePath: bytesAt(row, 0).toString('utf8'), document: textAt(row, 1) })),
    );
  }

  update(
    namespace: string,
    basePath: string,
    change: (document: string | undefined) => string | undefined,
  ): Promise<void> {
    const key = Buffer.from(basePath);
    return promised(() => {
      this.deps.file.transaction(() => {
        const row = this.document(namespace, key);
        const changed = change(row === undefined ? undefined : textAt(row, 0));
        if (changed === undefined) this.remove(namespace, key);
        else this.upsert(namespace, key, changed);
      });
    });
  }
}
