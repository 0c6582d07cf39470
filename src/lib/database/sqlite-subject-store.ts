import type { Identity } from '../entity/identity.js';
import { promised } from './promised.js';
import { type Row, type SqliteFile, textAt } from './sqlite-file.js';
import type { SubjectStore } from './subject-store.js';

const columns = 'uuid, key, subject, namespace';

/** Subjects in `entities.db`. */
export class SqliteSubjectStore implements SubjectStore {
  private readonly byUuid;
  private readonly byNamespace;
  private readonly everything;
  private readonly remove;
  private readonly insert;

  constructor(private readonly deps: { readonly file: SqliteFile }) {
    const { file } = deps;
    this.byUuid = file.first(`SELECT ${columns} FROM subjects WHERE uuid = ?`);
    this.byNamespace = file.first(`SELECT ${columns} FROM subjects WHERE namespace = ?`);
    this.everything = file.all(`SELECT ${columns} FROM subjects ORDER BY namespace`);
    this.remove = file.run('DELETE FROM subjects WHERE namespace = ? OR uuid = ?');
    this.insert = file.run(`INSERT INTO subjects (${columns}) VALUES (?, ?, ?, ?)`);
  }

  find(uuid: string): Promise<Identity | undefined> {
    return this.lookUp(() => this.byUuid(uuid));
  }

  ofNamespace(namespace: string): Promise<Identity | undefined> {
    return this.lookUp(() => this.byNamespace(namespace));
  }

  put(identity: Identity): Promise<void> {
    return promised(() => {
      this.deps.file.transaction(() => {
        this.remove(identity.namespace, identity.uuid);
        this.insert(identity.uuid, identity.key, identity.subject, identity.namespace);
      });
    });
  }

  all(): Promise<Identity[]> {
    return promised(() => this.everything().map(toIdentity));
  }

  private lookUp(query: () => Row | undefined): Promise<Identity | undefined> {
    return promised(() => {
      const row = query();
      return row === undefined ? undefined : toIdentity(row);
    });
  }
}

function toIdentity(row: Row): Identity {
  return { uuid: textAt(row, 0), key: textAt(row, 1), subject: textAt(row, 2), namespace: textAt(row, 3) };
}
