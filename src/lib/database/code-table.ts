import { bytesAt, type SqliteFile, textAt } from './sqlite-file.js';

/**
 * Codes of actions, by the number of the entity's row. They are kept as bytes: text may hold NUL, which SQLite's binding cuts, and halves
 * of surrogate pairs, which UTF-8 cannot hold; only the latter need two bytes for each character.
 */
export class CodeTable {
  private readonly select;
  private readonly upsert;
  private readonly remove;

  constructor(deps: { readonly file: SqliteFile }) {
    this.select = deps.file.first('SELECT encoding, code FROM codes WHERE entity = ?');
    this.upsert = deps.file.run(
      'INSERT INTO codes VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET encoding = excluded.encoding, code = excluded.code',
    );
    this.remove = deps.file.run('DELETE FROM codes WHERE entity = ?');
  }

  read(entity: number): string | undefined {
    const row = this.select(entity);
    return row === undefined ? undefined : bytesAt(row, 1).toString(textAt(row, 0) === 'utf16' ? 'utf16le' : 'utf8');
  }

  /** `null` removes. */
  write(entity: number, code: string | null): void {
    if (code === null) this.remove(entity);
    else if (!/\p{Surrogate}/u.test(code)) this.upsert(entity, 'utf8', Buffer.from(code, 'utf8'));
    else this.upsert(entity, 'utf16', Buffer.from(code, 'utf16le'));
  }
}
