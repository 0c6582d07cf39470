import type { ActivationsClient } from './activations-client.js';
import { findActivations, type WantedActivation } from './find-activation.js';
import { inParallel } from './in-parallel.js';

/** Requests for logs at a time. */
const lanes = 8;

/** Log lines of one activation. */
export interface ActivationLogs {
  readonly activationId: string;
  /** Name of the action; empty for an activation by id. */
  readonly name: string;
  /** JSON text with a member `logs`. */
  readonly document: string;
}

/**
 * The logs of an activation, or of up to `count` of the newest ones, oldest first as the lines were written. A record that is not there
 * yet is waited for up to `wait` milliseconds (C-67). Throws UsageError when there are no activations.
 */
export async function readActivationLogs(
  wanted: WantedActivation,
  { count, wait }: { readonly count: number; readonly wait: number },
  activations: ActivationsClient,
): Promise<readonly ActivationLogs[]> {
  const found = await findActivations(wanted, count, activations);
  return inParallel(lanes, found.toReversed(), async ({ activationId, name, namespace }) => {
    return { activationId, name, document: await activations.get(activationId, 'logs', { namespace, wait }) };
  });
}
