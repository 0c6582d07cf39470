import type { NamespaceLimits } from '../entitlement/namespace-limits.js';
import { type ActionLimitBounds, maxPayloadBytes } from '../entity/limits.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import { ok } from './answer.js';
import type { Collection } from './route.js';

/** `GET limits`: what is enforced for the caller (openwhisk-api.md §19.2). */
export function createLimitsApi(deps: {
  readonly limits: NamespaceLimits;
  readonly bounds: ActionLimitBounds;
}): Collection {
  const document = JSON.stringify(toLimitsDocument(deps.limits, deps.bounds));
  return {
    name: 'limits',
    routes: [
      {
        method: 'GET',
        path: '/:namespace/limits',
        summary: 'The limits of the namespace',
        privilege: 'READ',
        run: () => Promise.resolve(ok(document)),
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

/** Memory and logs in MB, timeouts in ms, as in the limits of entities. */
function toLimitsDocument(limits: NamespaceLimits, bounds: ActionLimitBounds): object {
  return {
    invocationsPerMinute: limits.invocationsPerMinute,
    concurrentInvocations: limits.concurrentInvocations,
    firesPerMinute: limits.firesPerMinute,
    minActionMemory: bounds.memory.min,
    maxActionMemory: bounds.memory.max,
    minActionLogs: bounds.logs.min,
    maxActionLogs: bounds.logs.max,
    minActionTimeout: bounds.timeout.min,
    maxActionTimeout: bounds.timeout.max,
    minActionConcurrency: bounds.concurrency.min,
    maxActionConcurrency: bounds.concurrency.max,
    maxParameterSize: `${String(maxPayloadBytes)} B`,
    maxActionInstances: limits.concurrentInvocations,
    ...(limits.allowedKinds === undefined ? {} : { allowedKinds: limits.allowedKinds }),
  };
}
