import { type FullyQualifiedName, formatPath } from '../../entity/fully-qualified-name.js';
import { messages } from '../../entity/messages.js';
import { Rejection } from '../../errors/rejection.js';
import type { PreparedAction } from './activation-order.js';
import { type CompositeWork, orderInside, platformFailure, type Ran } from './composite-work.js';
import {
  type CompositionCounts,
  type CompositionEvent,
  type CompositionTurn,
  nextInComposition,
  runConductor,
} from './composition-plan.js';

type Running = Exclude<CompositionTurn, { kind: 'end' }>;

/** Runs a composition step by step (openwhisk-api.md §12.1); `counts` is what the enclosing ones have used up. */
export async function runComposition(work: CompositeWork, counts: CompositionCounts): Promise<Ran> {
  const { order, progress } = work;
  let turn = runConductor({ callerNamespace: order.identity.namespace, counts }, order.payload);
  while (turn.kind !== 'end') turn = await takeTurn(work, turn);
  return { ended: await progress.end(turn.outcome), usage: { counts: turn.state.counts } };
}

async function takeTurn(work: CompositeWork, turn: Running): Promise<CompositionTurn> {
  try {
    const event = turn.kind === 'conductor' ? await runOnce(work, turn) : await runComponent(work, turn);
    return nextInComposition(turn.state, event);
  } catch (error) {
    const outcome = platformFailure(work, error, messages.compositionFailed);
    return nextInComposition(turn.state, { kind: 'failed', outcome });
  }
}

/** Runs the conductor itself, as the plain action that it is. */
async function runOnce(
  work: CompositeWork,
  { payload }: Extract<Running, { kind: 'conductor' }>,
): Promise<CompositionEvent> {
  const { composite: _composition, ...conductor } = work.order.action;
  const { ended } = await work.run(orderInside(work, conductor, payload), {});
  return { kind: 'conductor ended', outcome: work.progress.add(ended) };
}

async function runComponent(
  work: CompositeWork,
  { name, payload, state: { counts } }: Extract<Running, { kind: 'component' }>,
): Promise<CompositionEvent> {
  const action = await find(work, name);
  if (typeof action === 'string') return { kind: 'component refused', text: action };
  const { ended, usage } = await work.run(orderInside(work, action, payload), { counts });
  const outcome = work.progress.add(ended);
  // A nested composition counts through what runs in it; all else as one.
  const used = usage.counts ?? counts;
  const more = action.composite === 'composition' ? 0 : 1;
  return { kind: 'component ended', outcome, counts: { ...used, components: used.components + more } };
}

/** The component, or the text for the conductor about why it cannot be run. */
async function find({ order, resolver }: CompositeWork, name: FullyQualifiedName): Promise<PreparedAction | string> {
  const path = formatPath(name);
  try {
    return (await resolver.resolve(order.identity, name)) ?? messages.compositionActionMissing(path);
  } catch (error) {
    if (!(error instanceof Rejection) || error.status >= 500) throw error;
    return error.status === 403 ? messages.compositionNotEntitled(path) : messages.compositionActionMissing(path);
  }
}
