import {
  type ArtifactStore,
  type Change,
  type EntityKey,
  type EntityQuery,
  RevisionConflict,
  type StoredEntity,
} from '../../src/lib/database/artifact-store.js';

interface Row {
  readonly entity: StoredEntity;
  readonly summary: string;
  readonly updated: number;
  readonly code: string | undefined;
}

/** Entities in a Map, with the contract of ArtifactStore: revisions, one name space, transactions, order of lists. */
export class MemoryArtifactStore implements ArtifactStore {
  private readonly rows = new Map<string, Row>();
  private lastRevision = 0;
  /** How often `find` was asked; shows what a cache saves. */
  finds = 0;

  find(key: EntityKey): Promise<StoredEntity | undefined> {
    this.finds += 1;
    return Promise.resolve(this.rows.get(pathOf(key))?.entity);
  }

  code(key: EntityKey, revision: number): Promise<string | undefined> {
    const row = this.rows.get(pathOf(key));
    return Promise.resolve(row?.entity.revision === revision ? row.code : undefined);
  }

  async commit(changes: readonly Change[]): Promise<number[]> {
    await Promise.resolve();
    const before = [...this.rows];
    try {
      return changes.map((change) => this.apply(change));
    } catch (error) {
      this.rows.clear();
      for (const [path, row] of before) this.rows.set(path, row);
      throw error;
    }
  }

  list(query: EntityQuery & { readonly limit: number; readonly skip: number }): Promise<string[]> {
    const rows = this.select(query).sort((a, b) => b.updated - a.updated || b.entity.revision - a.entity.revision);
    return Promise.resolve(rows.slice(query.skip, query.skip + query.limit).map((row) => row.summary));
  }

  count(query: EntityQuery): Promise<number> {
    return Promise.resolve(this.select(query).length);
  }

  private apply(change: Change): number {
    if ('must' in change) return this.require(change.package, change.must);
    this.checkRevision('put' in change ? change.put.key : change.delete, change.expected);
    if ('delete' in change) {
      this.rows.delete(pathOf(change.delete));
      return 0;
    }
    const { collection, key, document, summary, updated, code } = change.put;
    const kept = code === undefined ? this.rows.get(pathOf(key))?.code : (code ?? undefined);
    this.lastRevision += 1;
    const entity = { collection, key, revision: this.lastRevision, document };
    this.rows.set(pathOf(key), { entity, summary, updated, code: kept });
    return this.lastRevision;
  }

  private checkRevision(key: EntityKey, expected: number): void {
    if ((this.rows.get(pathOf(key))?.entity.revision ?? 0) !== expected) throw new RevisionConflict(key);
  }

  private require(key: EntityKey, must: 'exist' | 'be empty'): 0 {
    const { namespace, name } = key;
    const holds =
      must === 'exist'
        ? this.rows.get(pathOf(key))?.entity.collection === 'packages'
        : this.select({ namespace, collection: 'actions', package: name }).length === 0;
    if (!holds) throw new RevisionConflict(key);
    return 0;
  }

  private select(query: EntityQuery): Row[] {
    return [...this.rows.values()].filter(
      ({ entity: { key, collection } }) =>
        key.namespace === query.namespace &&
        collection === query.collection &&
        (query.package === undefined || key.package === query.package),
    );
  }
}

function pathOf({ namespace, package: packageName, name }: EntityKey): string {
  return `${namespace}/${packageName}/${name}`;
}
