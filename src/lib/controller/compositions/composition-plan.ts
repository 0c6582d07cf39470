import type { FullyQualifiedName } from '../../entity/fully-qualified-name.js';
import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from '../../entity/json.js';
import { maxSequenceLength } from '../../entity/limits.js';
import { messages } from '../../entity/messages.js';
import { failure } from '../../invoker/result-mapping.js';
import { type Outcome, type Payload, payloadOf } from './activation-order.js';
import { parseComponentName } from './component-name.js';

/** Most runs of conductors in one composition with all those nested in it (openwhisk-api.md §12.1). */
const maxConductorRuns = 2 * maxSequenceLength + 1;

/** What a composition has used up; shared with the compositions nested in it. */
export interface CompositionCounts {
  readonly components: number;
  readonly conductors: number;
}

/** Where a composition stands. */
export interface CompositionState {
  readonly callerNamespace: string;
  readonly counts: CompositionCounts;
  /** What the conductor asked to remember until its next run. */
  readonly remembered?: JsonObject | undefined;
}

/** What happened to what was to run. */
export type CompositionEvent =
  | { readonly kind: 'conductor ended'; readonly outcome: Outcome }
  | { readonly kind: 'component ended'; readonly outcome: Outcome; /** After it. */ readonly counts: CompositionCounts }
  /** The component could not be run; the text is for the conductor. */
  | { readonly kind: 'component refused'; readonly text: string }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

/** What is to be done next. */
export type CompositionTurn =
  | { readonly kind: 'conductor'; readonly payload: Payload; readonly state: CompositionState }
  | {
      readonly kind: 'component';
      readonly name: FullyQualifiedName;
      readonly payload: JsonObject;
      readonly state: CompositionState;
    }
  | { readonly kind: 'end'; readonly outcome: Outcome; readonly state: CompositionState };

/** Runs the conductor with a payload over which the remembered state is laid, unless it ran too often. */
export function runConductor(state: CompositionState, payload: Payload): CompositionTurn {
  const { counts, remembered } = state;
  if (counts.conductors >= maxConductorRuns) {
    return { kind: 'end', outcome: failure(1, messages.compositionTooLong), state };
  }
  return {
    kind: 'conductor',
    payload: remembered === undefined ? payload : { ...boxed(payload, 'value'), ...remembered },
    state: { ...state, counts: { ...counts, conductors: counts.conductors + 1 } },
  };
}

/**
 * The turn after an event (openwhisk-api.md §12.1). Throws MalformedContent for a result that is no payload, such as one
 * nested more than 200 levels deep.
 */
export function nextInComposition(state: CompositionState, event: CompositionEvent): CompositionTurn {
  switch (event.kind) {
    case 'conductor ended':
      return afterConductor(state, event.outcome);
    case 'component ended':
      return runConductor({ ...state, counts: event.counts }, payloadOf(event.outcome));
    case 'component refused':
      return runConductor(state, { error: event.text });
    case 'failed':
      return { kind: 'end', outcome: event.outcome, state };
  }
}

function afterConductor(state: CompositionState, outcome: Outcome): CompositionTurn {
  const result = payloadOf(outcome);
  if (!isJsonObject(result)) return { kind: 'end', outcome, state };
  const given = memberOf(result, 'params');
  const params = given === undefined ? undefined : boxed(given, 'value');
  const action = memberOf(result, 'action');
  if (action === undefined) return { kind: 'end', outcome: withResult(outcome, params), state };
  const kept = memberOf(result, 'state');
  const next = { ...state, remembered: kept === undefined ? undefined : boxed(kept, 'state') };
  const name = parseComponentName(action, state.callerNamespace);
  if (name === undefined) return runConductor(next, { error: messages.compositionNameInvalid(stringifyJson(action)) });
  if (state.counts.components >= maxSequenceLength) return runConductor(next, { error: messages.compositionTooLong });
  return { kind: 'component', name, payload: params ?? {}, state: next };
}

/** The result of a composition is that of its last conductor run, or `params` of it; the size is only that of the former. */
function withResult(outcome: Outcome, params: JsonObject | undefined): Outcome {
  return params === undefined ? outcome : { statusCode: outcome.statusCode, result: stringifyJson(params) };
}

function memberOf(result: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(result, key) ? result[key] : undefined;
}

function boxed(value: JsonValue, key: string): JsonObject {
  return isJsonObject(value) ? value : { [key]: value };
}
