import { ApisClient } from '../client/apis-client.js';
import { type NamespaceClients, namespaceClients } from '../client/namespace-contents.js';
import { NamespacesClient } from '../client/namespaces-client.js';
import { RetryingTransport } from '../client/retrying-transport.js';
import type { WhiskClient } from '../client/whisk-client.js';
import type { Clock } from '../entity/clock.js';
import type { ApplyDeps } from './apply-entity.js';
import type { LiveStateDeps } from './live-state.js';
import type { ApplyReport } from './outcome.js';

/** Where a project is deployed to: the collections over one connection that repeats what can be repeated (D-20). */
export interface ProjectTarget extends LiveStateDeps {
  readonly client: WhiskClient;
  readonly clients: NamespaceClients;
}

/** The target of a connection. */
export function projectTarget(client: WhiskClient, clock: Clock): ProjectTarget {
  const patient = client.through(
    (transport) => new RetryingTransport({ transport, now: () => clock.now(), jitter: Math.random }),
  );
  return {
    client: patient,
    clients: namespaceClients(patient),
    namespaces: new NamespacesClient(patient),
    apis: new ApisClient(patient),
  };
}

/** What writing to a target takes. */
export function applyDeps(target: ProjectTarget, report: ApplyReport, signal: AbortSignal): ApplyDeps {
  const { client, clients, apis } = target;
  return { ...clients, client, apis, authKey: client.connection.auth.value, report, signal };
}
