import type { ActivationEntry, ActivationQuery, ActivationStore, OpenActivation } from './activation-store.js';

/**
 * Stands before an activation store and keeps nothing of namespaces whose activations are not to be stored (`storeActivations`,
 * openwhisk-api.md §19.3): they run and are answered, and then there is no record.
 */
export class SelectiveActivationStore implements ActivationStore {
  constructor(
    private readonly deps: { readonly store: ActivationStore; readonly keeps: (namespace: string) => boolean },
  ) {}

  put(entry: ActivationEntry): Promise<void> {
    return this.deps.keeps(entry.namespace) ? this.deps.store.put(entry) : Promise.resolve();
  }

  accept(activation: OpenActivation): Promise<void> {
    return this.deps.keeps(activation.namespace) ? this.deps.store.accept(activation) : Promise.resolve();
  }

  get(namespace: string, activationId: string): Promise<string | undefined> {
    return this.deps.store.get(namespace, activationId);
  }

  list(query: Parameters<ActivationStore['list']>[0]): Promise<string[]> {
    return this.deps.store.list(query);
  }

  count(query: ActivationQuery): Promise<number> {
    return this.deps.store.count(query);
  }

  open(): Promise<OpenActivation[]> {
    return this.deps.store.open();
  }

  flush(): Promise<void> {
    return this.deps.store.flush();
  }
}
