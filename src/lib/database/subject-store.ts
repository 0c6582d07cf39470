import type { Identity } from '../entity/identity.js';

/** The keys of the platform: each opens exactly one namespace (openwhisk-api.md §4.1). */
export interface SubjectStore {
  /** The identity of a uuid; the caller compares the key in constant time. */
  find(uuid: string): Promise<Identity | undefined>;
  /** The identity that owns a namespace. */
  ofNamespace(namespace: string): Promise<Identity | undefined>;
  /** Adds an identity, or replaces the key of that namespace. */
  put(identity: Identity): Promise<void>;
  all(): Promise<Identity[]>;
}
