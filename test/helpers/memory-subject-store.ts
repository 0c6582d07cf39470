import type { SubjectStore } from '../../src/lib/database/subject-store.js';
import type { Identity } from '../../src/lib/entity/identity.js';

/** Identities in a Map by namespace. */
export class MemorySubjectStore implements SubjectStore {
  private readonly identities = new Map<string, Identity>();

  constructor(identities: readonly Identity[]) {
    for (const identity of identities) this.identities.set(identity.namespace, identity);
  }

  find(uuid: string): Promise<Identity | undefined> {
    return Promise.resolve([...this.identities.values()].find((identity) => identity.uuid === uuid));
  }

  ofNamespace(namespace: string): Promise<Identity | undefined> {
    return Promise.resolve(this.identities.get(namespace));
  }

  put(identity: Identity): Promise<void> {
    this.identities.set(identity.namespace, identity);
    return Promise.resolve();
  }

  all(): Promise<Identity[]> {
    return Promise.resolve([...this.identities.values()]);
  }
}
