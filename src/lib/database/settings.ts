import { promised } from './promised.js';
import type { SettingStore } from './setting-store.js';
import { type SqliteFile, textAt } from './sqlite-file.js';

/** Settings in `entities.db`. */
export class Settings implements SettingStore {
  private readonly select;
  private readonly upsert;

  constructor(deps: { readonly file: SqliteFile }) {
    this.select = deps.file.first('SELECT value FROM settings WHERE name = ?');
    this.upsert = deps.file.run('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
  }

  get(name: string): Promise<string | undefined> {
    return promised(() => {
      const row = this.select(name);
      return row === undefined ? undefined : textAt(row, 0);
    });
  }

  put(name: string, value: string): Promise<void> {
    return promised(() => {
      this.upsert(name, value);
    });
  }
}
