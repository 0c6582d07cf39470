import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '../entity/json.js';
import type { Log } from '../entity/log.js';
import {
  type ArtifactStore,
  type Change,
  type Collection,
  CorruptEntity,
  type EntityKey,
  type EntityQuery,
  RevisionConflict,
  type StoredEntity,
} from './artifact-store.js';
import { CodeTable } from './code-table.js';
import { EntityCounters } from './entity-counters.js';
import { promised } from './promised.js';
import { readableTexts } from './readable-texts.js';
import { numberAt, type Row, type SqliteFile, sqliteCode, textAt } from './sqlite-file.js';

type Put = Extract<Change, { put: unknown }>['put'];

const place = 'namespace = ? AND package = ? AND name = ?';
const newestFirst = 'ORDER BY updated DESC, revision DESC LIMIT ? OFFSET ?';

/** Entities in `entities.db`. A commit is one transaction with power-loss safety (RS-101, RS-106). */
export class SqliteArtifactStore implements ArtifactStore {
  private readonly counters: EntityCounters;
  private readonly codes: CodeTable;
  private readonly select;
  private readonly identify;
  private readonly insert;
  private readonly update;
  private readonly remove;
  private readonly nextRevision;
  private readonly listNamespace;
  private readonly listPackage;

  constructor(private readonly deps: { readonly file: SqliteFile; readonly log: Log }) {
    const { file } = deps;
    this.counters = new EntityCounters(deps);
    this.codes = new CodeTable(deps);
    this.select = file.first(`SELECT collection, revision, document FROM entities WHERE ${place}`);
    this.identify = file.first(`SELECT id, revision, collection FROM entities WHERE ${place}`);
    this.insert = file.run(
      `INSERT INTO entities (collection, revision, updated, document, summary, namespace, package, name)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.update = file.run(
      `UPDATE entities SET collection = ?, revision = ?, updated = ?, document = ?, summary = ? WHERE ${place}`,
    );
    this.remove = file.run(`DELETE FROM entities WHERE ${place}`);
    this.nextRevision = file.first('UPDATE sequence SET last = last + 1 RETURNING last');
    const summaries = 'SELECT summary FROM entities WHERE namespace = ? AND collection = ?';
    this.listNamespace = file.all(`${summaries} ${newestFirst}`);
    this.listPackage = file.all(`${summaries} AND package = ? ${newestFirst}`);
  }

  find(key: EntityKey): Promise<StoredEntity | undefined> {
    return promised(() => {
      const row = readable(key, () => this.select(...placeOf(key)));
      return row === undefined ? undefined : toEntity(key, row);
    });
  }

  code(key: EntityKey, revision: number): Promise<string | undefined> {
    return promised(() =>
      readable(key, () => {
        const row = this.identify(...placeOf(key));
        return row === undefined || numberAt(row, 1) !== revision ? undefined : this.codes.read(numberAt(row, 0));
      }),
    );
  }

  commit(changes: readonly Change[]): Promise<number[]> {
    return promised(() => this.deps.file.transaction(() => changes.map((change) => this.apply(change))));
  }

  list(query: EntityQuery & { readonly limit: number; readonly skip: number }): Promise<string[]> {
    return promised(() => {
      const { namespace, collection, limit, skip } = query;
      const rows =
        query.package === undefined
          ? this.listNamespace(namespace, collection, limit, skip)
          : this.listPackage(namespace, collection, query.package, limit, skip);
      return readableTexts(
        rows.map((row) => textAt(row, 0)),
        () => {
          this.deps.log.error('database', `a damaged entity of ${namespace} is left out of a list of ${collection}`);
        },
      );
    });
  }

  count(query: EntityQuery): Promise<number> {
    return promised(() => this.counters.amount(query.namespace, query.collection, query.package));
  }

  private apply(change: Change): number {
    if ('must' in change) return this.require(change.package, change.must);
    const key = 'put' in change ? change.put.key : change.delete;
    const row = this.identify(...placeOf(key));
    if ((row === undefined ? 0 : numberAt(row, 1)) !== change.expected) throw new RevisionConflict(key);
    const collection = row === undefined ? undefined : toCollection(key, row, 2);
    if ('put' in change) return this.put(change.put, collection);
    if (collection !== undefined) {
      this.remove(...placeOf(key));
      this.counters.change(key, collection, -1);
    }
    return 0;
  }

  private require(key: EntityKey, must: 'exist' | 'be empty'): 0 {
    const row = this.identify(...placeOf(key));
    const holds =
      must === 'exist'
        ? row !== undefined && toCollection(key, row, 2) === 'packages'
        : this.counters.amount(key.namespace, 'actions', key.name) === 0;
    if (!holds) throw new RevisionConflict(key);
    return 0;
  }

  /** `stored` is the collection that the name belongs to until now. */
  private put({ collection, key, document, summary, updated, code }: Put, stored: Collection | undefined): number {
    const revision = numberAt(this.nextRevision() ?? [], 0);
    const write = stored === undefined ? this.insert : this.update;
    write(collection, revision, updated, stringifyJson(document), summary, ...placeOf(key));
    if (stored !== collection) {
      if (stored !== undefined) this.counters.change(key, stored, -1);
      this.counters.change(key, collection, 1);
    }
    if (code !== undefined) this.codes.write(numberAt(this.identify(...placeOf(key)) ?? [], 0), code);
    return revision;
  }
}

function placeOf(key: EntityKey): [string, string, string] {
  return [key.namespace, key.package, key.name];
}

function toEntity(key: EntityKey, row: Row): StoredEntity {
  return {
    collection: toCollection(key, row, 0),
    key,
    revision: numberAt(row, 1),
    document: toDocument(key, textAt(row, 2)),
  };
}

function toCollection(key: EntityKey, row: Row, column: number): Collection {
  const value = row[column];
  if (value === 'actions' || value === 'triggers' || value === 'rules' || value === 'packages') return value;
  throw new CorruptEntity(key);
}

function toDocument(key: EntityKey, text: string): JsonObject {
  try {
    const document = parseJson(text);
    if (isJsonObject(document)) return document;
  } catch {
    // Reported below like a document that is no object.
  }
  throw new CorruptEntity(key);
}

/** A damaged page concerns the entities on it only (RS-110). */
function readable<T>(key: EntityKey, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (sqliteCode(error)?.startsWith('SQLITE_CORRUPT') === true) throw new CorruptEntity(key);
    throw error;
  }
}
