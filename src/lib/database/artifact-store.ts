import type { JsonObject } from '../entity/json.js';

/** The kinds of entity that share one name space per namespace (openwhisk-api.md §5). */
export type Collection = 'actions' | 'triggers' | 'rules' | 'packages';

/** Where an entity lives. `package` is `''` for the default package. */
export interface EntityKey {
  readonly namespace: string;
  readonly package: string;
  readonly name: string;
}

/** An entity as the store has it. `revision` grows with every write of any entity and is never used twice. */
export interface StoredEntity {
  readonly collection: Collection;
  readonly key: EntityKey;
  readonly revision: number;
  /** The entity's document without code. */
  readonly document: JsonObject;
}

/** One write or one condition of a transaction; they are applied in order. */
export type Change =
  | {
      readonly put: {
        readonly collection: Collection;
        readonly key: EntityKey;
        readonly document: JsonObject;
        /** What a list shows of it, complete JSON text, so that lists never parse or read code. */
        readonly summary: string;
        /** Epoch milliseconds; lists are ordered by it, newest first. */
        readonly updated: number;
        /** New code; `null` removes it; absent keeps what is stored. */
        readonly code?: string | null;
      };
      /** The revision that the caller has seen; 0 when the entity must not exist yet. */
      readonly expected: number;
    }
  | { readonly delete: EntityKey; readonly expected: number }
  /** Writes nothing: the transaction is refused unless this package exists, or has no actions, at this point of it. */
  | { readonly package: EntityKey; readonly must: 'exist' | 'be empty' };

/** The entity that a change writes; undefined for a condition. */
export function writtenKey(change: Change): EntityKey | undefined {
  if ('put' in change) return change.put.key;
  return 'delete' in change ? change.delete : undefined;
}

/** Which entities a list or a count is about. */
export interface EntityQuery {
  readonly namespace: string;
  readonly collection: Collection;
  /** Only this package; absent: the whole namespace, packaged actions included. */
  readonly package?: string;
}

/** Thrown by `commit` when an expected revision or a condition does not hold; nothing of the transaction is stored. */
export class RevisionConflict extends Error {
  constructor(readonly key: EntityKey) {
    super(`revision conflict on ${key.namespace}/${key.package === '' ? '' : `${key.package}/`}${key.name}`);
    this.name = 'RevisionConflict';
  }
}

/** Thrown when a stored document cannot be read back (RS-110); the controller answers 500 for that entity only. */
export class CorruptEntity extends Error {
  constructor(readonly key: EntityKey) {
    super('Resource is corrupted and cannot be read.');
    this.name = 'CorruptEntity';
  }
}

/** Entities: actions, triggers, rules, packages. Writes are committed with power-loss safety before they resolve (RS-101). */
export interface ArtifactStore {
  find(key: EntityKey): Promise<StoredEntity | undefined>;
  /** The code of an action at a revision that `find` gave; undefined when it has none or was changed meanwhile. */
  code(key: EntityKey, revision: number): Promise<string | undefined>;
  /** Applies all changes in one transaction and gives the new revision of each put, in order (0 for a delete or a condition). */
  commit(changes: readonly Change[]): Promise<number[]>;
  /** Summaries as JSON texts, most recently updated first. */
  list(query: EntityQuery & { readonly limit: number; readonly skip: number }): Promise<string[]>;
  /** Kept as a counter: costs the same however much is stored (P-45). */
  count(query: EntityQuery): Promise<number>;
}
