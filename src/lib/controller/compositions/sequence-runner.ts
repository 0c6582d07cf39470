import { parseReference } from '../../entity/fully-qualified-name.js';
import { messages } from '../../entity/messages.js';
import { Rejection } from '../../errors/rejection.js';
import { failure } from '../../invoker/result-mapping.js';
import type { PreparedAction } from './activation-order.js';
import { type CompositeWork, orderInside, platformFailure, type Ran } from './composite-work.js';
import {
  beginSequence,
  nextInSequence,
  type SequenceEvent,
  type SequenceTurn,
  type SequenceUsage,
} from './sequence-plan.js';

/** Runs a sequence step by step (openwhisk-api.md §11.2); `used` is what those around it have used up. */
export async function runSequence(work: CompositeWork, used: SequenceUsage): Promise<Ran> {
  const { exec } = work.order.action.executable.action;
  const left = 'components' in exec ? exec.components : [];
  let turn = beginSequence({ left, payload: work.order.payload, used });
  while (turn.kind === 'run') turn = await takeTurn(work, turn);
  return { ended: await work.progress.end(turn.outcome), usage: turn.used };
}

async function takeTurn(work: CompositeWork, turn: Extract<SequenceTurn, { kind: 'run' }>): Promise<SequenceTurn> {
  try {
    return nextInSequence(turn.state, await runComponent(work, turn));
  } catch (error) {
    return nextInSequence(turn.state, {
      kind: 'failed',
      outcome: platformFailure(work, error, messages.sequenceFailed),
    });
  }
}

async function runComponent(
  work: CompositeWork,
  { component, state }: Extract<SequenceTurn, { kind: 'run' }>,
): Promise<SequenceEvent> {
  const action = await find(work, component);
  if (action === undefined) return { kind: 'missing' };
  if (action instanceof Rejection) return { kind: 'failed', outcome: failure(1, action.message) };
  const { atomic, counts } = state.used;
  const { ended, usage } = await work.run(orderInside(work, action, state.payload), state.used);
  const outcome = work.progress.add(ended);
  // A composition counts as one action, whatever runs in it; without one around, each counts for itself.
  const used = {
    atomic: usage.atomic ?? atomic + 1,
    counts: counts === undefined ? undefined : (usage.counts ?? counts),
  };
  return { kind: 'ended', outcome, used };
}

/** The component, undefined when it is gone, or why the caller may not activate it any more. */
async function find(work: CompositeWork, component: string): Promise<PreparedAction | Rejection | undefined> {
  const { identity } = work.order;
  try {
    return await work.resolver.resolve(identity, parseReference(component, identity.namespace));
  } catch (error) {
    if (!(error instanceof Rejection) || error.status >= 500) throw error;
    return error.status === 403 ? error : undefined;
  }
}
