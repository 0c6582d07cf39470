import { maxPayloadBytes } from '../entity/limits.js';
import { messages } from '../entity/messages.js';
import type { NamespaceLimits, NamespaceLimitsBook } from '../entity/namespace-limits.js';
import { Rejection } from '../errors/rejection.js';
import { ok } from './answer.js';
import type { Collection } from './route.js';

/** `GET limits`: what is enforced for the caller (openwhisk-api.md §19.2). */
export function createLimitsApi({ limits }: { readonly limits: Pick<NamespaceLimitsBook, 'of'> }): Collection {
  return {
    name: 'limits',
    routes: [
      {
        method: 'GET',
        path: '/:namespace/limits',
        summary: 'The limits of the namespace',
        privilege: 'READ',
        run: ({ identity }) => Promise.resolve(ok(JSON.stringify(toLimitsDocument(limits.of(identity.namespace))))),
      },
      {
        method: 'GET',
        path: '/:namespace/limits/:name',
        summary: 'Not implemented, as on the reference platform',
        privilege: 'READ',
        run: () => Promise.reject(new Rejection(400, messages.innerLimits)),
      },
    ],
  };
}

/** Memory and logs in MB, timeouts in ms, as in the limits of entities; `allowedKinds` and `storeActivations` only when set. */
function toLimitsDocument({ allowedKinds, storeActivations, ...counted }: NamespaceLimits): object {
  return {
    ...counted,
    maxParameterSize: `${String(maxPayloadBytes)} B`,
    maxActionInstances: counted.concurrentInvocations,
    ...(allowedKinds === undefined ? {} : { allowedKinds }),
    ...(storeActivations === undefined ? {} : { storeActivations }),
  };
}
