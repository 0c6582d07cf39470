import { maxSequenceLength } from '../../entity/limits.js';
import { messages } from '../../entity/messages.js';
import { failure } from '../../invoker/result-mapping.js';
import { isArrayPayload, type Outcome, type Payload, payloadOf } from './activation-order.js';
import type { CompositionCounts } from './composition-plan.js';

/** What a sequence has used up, with the sequences around it. */
export interface SequenceUsage {
  /** Atomic actions that ran. */
  readonly atomic: number;
  /** Of the composition around the sequence, for the compositions in it; absent outside one. */
  readonly counts?: CompositionCounts | undefined;
}

/** Where a sequence stands: what is still to run, and with what. */
export interface SequenceState {
  /** Components that have not run, the next one first. */
  readonly left: readonly string[];
  readonly payload: Payload;
  readonly used: SequenceUsage;
}

/** What happened to the component that was to run. */
export type SequenceEvent =
  | { readonly kind: 'ended'; readonly outcome: Outcome; /** After it. */ readonly used: SequenceUsage }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

/** What is to be done next. */
export type SequenceTurn =
  | { readonly kind: 'run'; readonly component: string; readonly state: SequenceState }
  | { readonly kind: 'end'; readonly outcome: Outcome; readonly used: SequenceUsage };

/** The first turn; an `error` in the initial payload stops nothing (openwhisk-api.md §11.2). */
export function beginSequence(state: SequenceState): SequenceTurn {
  const [component, ...left] = state.left;
  if (component === undefined) return end(state, failure(3, messages.sequenceFailed));
  if (state.used.atomic >= maxSequenceLength) return end(state, failure(1, messages.sequenceTooLong));
  return { kind: 'run', component, state: { ...state, left } };
}

/**
 * The turn after an event (openwhisk-api.md §11.2). Throws MalformedContent for a result that is no payload, such as one
 * nested more than 200 levels deep.
 */
export function nextInSequence(state: SequenceState, event: SequenceEvent): SequenceTurn {
  switch (event.kind) {
    case 'missing':
      return end(state, failure(1, messages.sequenceComponentMissing));
    case 'failed':
      return end(state, event.outcome);
    case 'ended':
      return afterComponent({ ...state, used: event.used }, event.outcome);
  }
}

function afterComponent(state: SequenceState, outcome: Outcome): SequenceTurn {
  if (state.left.length === 0 || outcome.statusCode !== 0) return end(state, outcome);
  const payload = payloadOf(outcome);
  // A composition can succeed with such a result (openwhisk-api.md §12.1).
  const hasError = !isArrayPayload(payload) && Object.hasOwn(payload, 'error');
  return hasError ? end(state, outcome) : beginSequence({ ...state, payload });
}

function end({ used }: SequenceState, outcome: Outcome): SequenceTurn {
  return { kind: 'end', outcome, used };
}
