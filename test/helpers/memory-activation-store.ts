import type {
  ActivationEntry,
  ActivationQuery,
  ActivationStore,
  OpenActivation,
} from '../../src/lib/database/activation-store.js';

/** Activations in Maps, with the contract of ActivationStore. */
export class MemoryActivationStore implements ActivationStore {
  private readonly entries = new Map<string, ActivationEntry>();
  private readonly accepted = new Map<string, OpenActivation>();

  put(entry: ActivationEntry): Promise<void> {
    this.accepted.delete(entry.activationId);
    this.entries.set(entry.activationId, entry);
    return Promise.resolve();
  }

  accept(activation: OpenActivation): Promise<void> {
    if (!this.entries.has(activation.activationId)) this.accepted.set(activation.activationId, activation);
    return Promise.resolve();
  }

  get(namespace: string, activationId: string): Promise<string | undefined> {
    const entry = this.entries.get(activationId);
    return Promise.resolve(entry?.namespace === namespace ? entry.record : undefined);
  }

  list(
    query: ActivationQuery & { readonly limit: number; readonly skip: number; readonly docs: boolean },
  ): Promise<string[]> {
    const chosen = this.select(query).sort((a, b) => b.start - a.start);
    const page = chosen.slice(query.skip, query.skip + query.limit);
    return Promise.resolve(page.map((entry) => (query.docs ? entry.record : entry.summary)));
  }

  count(query: ActivationQuery): Promise<number> {
    return Promise.resolve(this.select(query).length);
  }

  open(): Promise<OpenActivation[]> {
    return Promise.resolve([...this.accepted.values()]);
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  private select({ namespace, name, package: packageName, since, upto }: ActivationQuery): ActivationEntry[] {
    return [...this.entries.values()].filter(
      (entry) =>
        entry.namespace === namespace &&
        (name === undefined || (entry.name === name && entry.package === (packageName ?? entry.package))) &&
        entry.start >= (since ?? -Infinity) &&
        entry.start <= (upto ?? Infinity),
    );
  }
}
