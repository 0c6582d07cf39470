import type { AlarmStore, StoredAlarm } from './alarm-store.js';
import { promised } from './promised.js';
import { type SqliteFile, textAt } from './sqlite-file.js';

/** Alarms in `entities.db`. */
export class SqliteAlarmStore implements AlarmStore {
  private readonly everything;
  private readonly upsert;
  private readonly remove;

  constructor(deps: { readonly file: SqliteFile }) {
    const { file } = deps;
    this.everything = file.all('SELECT namespace, name, document FROM alarms ORDER BY namespace, name');
    this.upsert = file.run(
      'INSERT INTO alarms VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET document = excluded.document',
    );
    this.remove = file.run('DELETE FROM alarms WHERE namespace = ? AND name = ?');
  }

  all(): Promise<StoredAlarm[]> {
    return promised(() =>
      this.everything().map((row) => ({
        namespace: textAt(row, 0),
        trigger: textAt(row, 1),
        document: textAt(row, 2),
      })),
    );
  }

  put({ namespace, trigger, document }: StoredAlarm): Promise<void> {
    return promised(() => {
      this.upsert(namespace, trigger, document);
    });
  }

  delete({ namespace, trigger }: Pick<StoredAlarm, 'namespace' | 'trigger'>): Promise<void> {
    return promised(() => {
      this.remove(namespace, trigger);
    });
  }
}
