import { HttpError } from '../errors/client-errors.js';
import { exitStatusOfHttp } from '../errors/exit-status.js';
import { RtError } from '../errors/rt-error.js';
import { EntityCollection } from './entity-collection.js';
import { namespacePath, type WhiskClient } from './whisk-client.js';

/** Statuses with which a platform says that it has no refresh. */
const notImplemented: readonly (number | undefined)[] = [405, 501];

/** The packages collection, bindings among them (openwhisk-api.md §16.1). */
export class PackagesClient extends EntityCollection {
  constructor(client: WhiskClient) {
    super(client, 'package');
  }

  /** Refreshes the bindings of a namespace, where the platform can do that (C-71). Resolves with the lists of what has changed. */
  async refresh(namespace: string): Promise<string> {
    const failed = `Package refresh for namespace '${namespace}' failed`;
    const path = namespacePath(namespace, 'packages', 'refresh');
    try {
      return await this.send({ method: 'POST', path }, { what: 'refresh packages', failed });
    } catch (cause) {
      if (!(cause instanceof HttpError) || !notImplemented.includes(cause.status)) throw cause;
      const { status = 501, transactionId } = cause;
      throw new RtError('unsupported', 'The package refresh feature is not implemented in the target deployment', {
        exitStatus: exitStatusOfHttp(status),
        status,
        transactionId,
        cause,
      });
    }
  }
}
