import type { Clock } from '../../entity/clock.js';
import { newActivationId } from '../../entity/activation-id.js';
import type { Log } from '../../entity/log.js';
import type { Random } from '../../entity/random.js';
import { ShuttingDown } from '../../invoker/invoker.js';
import { platformStopped } from '../../invoker/activation-builder.js';
import { failure } from '../../invoker/result-mapping.js';
import type { ActivationOrder, Outcome, Payload, PreparedAction } from './activation-order.js';
import type { ComponentResolver } from './component-resolver.js';
import type { CompositeProgress, EndedActivation } from './composite-progress.js';
import type { SequenceUsage } from './sequence-plan.js';

/** What a sequence or composition shares with those around and in it; a part that does not apply is absent. */
export type Usage = Partial<SequenceUsage>;

/** One activation that ended inside another, and what is used up after it. */
export interface Ran {
  readonly ended: EndedActivation;
  readonly usage: Usage;
}

/** One sequence or composition while it runs, and what it needs for that. */
export interface CompositeWork {
  readonly order: ActivationOrder;
  readonly progress: CompositeProgress;
  readonly resolver: ComponentResolver;
  readonly random: Random;
  readonly clock: Clock;
  readonly log: Log;
  readonly run: (component: ActivationOrder, usage: Usage) => Promise<Ran>;
}

/** The order for an activation inside a sequence or composition. */
export function orderInside(
  { order, random, clock }: CompositeWork,
  action: PreparedAction,
  payload: Payload,
): ActivationOrder {
  const received = clock.now();
  return {
    activationId: newActivationId(received, random),
    transactionId: order.transactionId,
    identity: order.identity,
    action,
    payload,
    received,
    cause: order.activationId,
    depth: (order.depth ?? 0) + 1,
  };
}

/** How the whole ends when the platform failed on one step: whisk internal error (openwhisk-api.md §11.2, §12.1). */
export function platformFailure({ order, log }: CompositeWork, error: unknown, text: string): Outcome {
  // Its own text, as for a plain action that the platform did not let end (RS-104).
  if (error instanceof ShuttingDown) return platformStopped('running');
  log.warn('controller', `activation ${order.activationId} could not go on: ${String(error)}`);
  return failure(3, text);
}
