import { namespacePath, type WhiskClient } from './whisk-client.js';
import { EntityCollection } from './entity-collection.js';

/** The packages collection, bindings among them (openwhisk-api.md §16.1). */
export class PackagesClient extends EntityCollection {
  constructor(client: WhiskClient) {
    super(client, 'package');
  }

  /** Refreshes the bindings of a namespace, where the platform can do that. Resolves with the lists of what has changed. */
  refresh(namespace: string): Promise<string> {
    const failed = `Package refresh for namespace '${namespace}' failed`;
    const path = namespacePath(namespace, 'packages', 'refresh');
    return this.send({ method: 'POST', path }, { what: 'refresh packages', failed });
  }
}
