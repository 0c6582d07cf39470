import type { Identity } from '../../entity/identity.js';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../entity/json.js';
import { type MergedDefinition, mergeArguments } from '../../entity/merge-arguments.js';
import type { ActivationMessage, ExecutableAction } from '../../invoker/activation-message.js';
import type { ActivationOutcome } from '../../invoker/result-mapping.js';

/** Input of an action: an object, or an array that another action gave as its result (openwhisk-api.md §8.5, §11.2). */
export type Payload = JsonObject | readonly JsonValue[];

/** What an action is that does not simply run in one container: several activations, or a part of the platform. */
export type Composite = 'sequence' | 'composition' | 'built-in';

/** An action with all that every activation of it needs; it can be kept for as long as the action does not change. */
export interface PreparedAction {
  /** Of a sequence only `action`, `revision` and `binding` matter. */
  readonly executable: ExecutableAction;
  readonly definition: MergedDefinition;
  /** Absent on a plain action. */
  readonly composite?: Composite;
}

/** One activation that is to be run: of a plain action, a sequence or a composition. */
export interface ActivationOrder {
  readonly activationId: string;
  readonly transactionId: string;
  /** The invoker; its namespace owns the records. */
  readonly identity: Identity;
  readonly action: PreparedAction;
  readonly payload: Payload;
  /** Epoch milliseconds at which it was asked for; `waitTime` counts from it. */
  readonly received: number;
  /** Id of the directly enclosing sequence or composition; absent on topmost ones. */
  readonly cause?: string;
  /** How many sequences and compositions enclose it; absent on topmost ones. */
  readonly depth?: number;
  /** Whether the caller got a 202 before it runs. */
  readonly accepted?: boolean;
}

/** How an activation ended, for whatever continues with its result. */
export type Outcome = Pick<ActivationOutcome, 'statusCode' | 'result' | 'size'>;

/** What is known of an order before it has run: enough to begin its record. */
export type OrderedActivation = Omit<ActivationMessage, 'content' | 'initEnvironment'>;

/** No key of a component's input is refused: `final` binds callers, not the action before (openwhisk-api.md §8.5). */
const noKeys: ReadonlySet<string> = new Set();

/** The message that runs a plain action. Throws a 400 when the payload of a caller names an immutable key. */
export function toMessage(order: ActivationOrder): ActivationMessage {
  const { action, payload, cause, accepted } = order;
  const definition = cause === undefined ? action.definition : { ...action.definition, immutable: noKeys };
  const { content, initEnvironment } = mergePayload(definition, payload);
  const message = {
    activationId: order.activationId,
    transactionId: order.transactionId,
    identity: order.identity,
    executable: action.executable,
    content,
    initEnvironment,
    received: order.received,
    accepted: accepted === true,
  };
  return cause === undefined ? message : { ...message, cause, causedBySequence: true };
}

/** The order without its arguments. */
export function toOrderedActivation(order: ActivationOrder): OrderedActivation {
  const { activationId, transactionId, identity, received, cause } = order;
  const { executable } = order.action;
  const caused = cause === undefined ? {} : { cause, causedBySequence: true };
  return { activationId, transactionId, identity, executable, received, ...caused };
}

/**
 * A result as the input of what runs next; results are objects or arrays (openwhisk-api.md §9). Throws MalformedContent
 * for one that cannot be an input, such as one nested more than 200 levels deep.
 */
export function payloadOf({ result }: Pick<Outcome, 'result'>): Payload {
  const value = parseJson(result);
  return isJsonObject(value) || isArrayPayload(value) ? value : {};
}

/** Whether a value is an array of JSON; narrows what `Array.isArray` does not. */
export function isArrayPayload(payload: JsonValue): payload is readonly JsonValue[] {
  return Array.isArray(payload);
}

/** An array is passed on as it is, without parameters (openwhisk-api.md §11.2). */
function mergePayload(
  definition: MergedDefinition,
  payload: Payload,
): Pick<ActivationMessage, 'content' | 'initEnvironment'> {
  if (!isArrayPayload(payload)) return mergeArguments(definition, payload);
  return { ...mergeArguments(definition, {}), content: payload };
}
