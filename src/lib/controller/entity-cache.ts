import {
  type ArtifactStore,
  type Change,
  type EntityKey,
  type EntityQuery,
  type StoredEntity,
  writtenKey,
} from '../database/artifact-store.js';

/** How many entities are kept; the one read longest ago goes first. */
const maxEntities = 500;

/**
 * Keeps entities that were read, so that an invocation costs no query. All writes of the process go through it, and
 * each drops what it changes; the store allows no other process to write.
 */
export class EntityCache implements ArtifactStore {
  private readonly entities = new Map<string, StoredEntity>();
  /** Grows with every write: a read that was under way meanwhile may be old and is not kept. */
  private writes = 0;

  constructor(private readonly deps: { readonly artifacts: ArtifactStore }) {}

  async find(key: EntityKey): Promise<StoredEntity | undefined> {
    return this.kept(key) ?? this.read(key);
  }

  /** The entity, if it is kept: without a turn of the microtask queue. Undefined says nothing about the store. */
  kept(key: EntityKey): StoredEntity | undefined {
    return this.entities.get(pathOf(key));
  }

  private async read(key: EntityKey): Promise<StoredEntity | undefined> {
    const path = pathOf(key);
    const before = this.writes;
    const found = await this.deps.artifacts.find(key);
    if (found !== undefined && before === this.writes) this.keep(path, found);
    return found;
  }

  async commit(changes: readonly Change[]): Promise<number[]> {
    try {
      return await this.deps.artifacts.commit(changes);
    } finally {
      this.writes += 1;
      for (const change of changes) {
        const key = writtenKey(change);
        if (key !== undefined) this.entities.delete(pathOf(key));
      }
    }
  }

  code(key: EntityKey, revision: number): Promise<string | undefined> {
    return this.deps.artifacts.code(key, revision);
  }

  list(query: EntityQuery & { readonly limit: number; readonly skip: number }): Promise<string[]> {
    return this.deps.artifacts.list(query);
  }

  count(query: EntityQuery): Promise<number> {
    return this.deps.artifacts.count(query);
  }

  private keep(path: string, entity: StoredEntity): void {
    if (this.entities.size >= maxEntities) {
      const oldest = this.entities.keys().next();
      if (oldest.done !== true) this.entities.delete(oldest.value);
    }
    this.entities.set(path, entity);
  }
}

function pathOf(key: EntityKey): string {
  return `${key.namespace}/${key.package}/${key.name}`;
}
