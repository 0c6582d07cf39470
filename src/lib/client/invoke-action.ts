import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import { isJsonObject, parseJson, stringifyJson } from '../entity/json.js';
import type { ActionsClient } from './actions-client.js';
import type { ActivationsClient } from './activations-client.js';
import type { Invocation } from './invocation.js';
import { waitForRecord } from './wait-for-record.js';

/** An invocation as the user wants it. */
export interface InvokeRequest {
  readonly name: FullyQualifiedName;
  /** Arguments as the text of one JSON object. */
  readonly args: string;
  readonly blocking: boolean;
  /** Only the result. */
  readonly result: boolean;
  /** Milliseconds to wait for an activation that the server did not wait for (`--wait`). */
  readonly wait?: number;
}

/** Status of the answer to a blocking call whose activation failed (openwhisk-api.md §8.3). */
const failedStatus = 502;
const internalStatus = 500;

/** Invokes an action; with `wait` an activation that takes longer than the server waits is asked for until it ends. */
export async function invokeAction(
  request: InvokeRequest,
  deps: { readonly actions: ActionsClient; readonly activations: ActivationsClient },
): Promise<Invocation> {
  const { name, args, blocking, result, wait } = request;
  const invocation = await deps.actions.invoke(name, args, { blocking: blocking || wait !== undefined, result });
  if (invocation.outcome !== 'pending' || wait === undefined) return invocation;
  const { activationId } = invocation;
  const record = await waitForRecord(activationId, { namespace: name.namespace, wait }, deps.activations);
  return record === undefined ? invocation : fromRecord(activationId, record, result);
}

function fromRecord(activationId: string, record: string, onlyResult: boolean): Invocation {
  const document = parseJson(record);
  const response = isJsonObject(document) && isJsonObject(document['response']) ? document['response'] : {};
  const body = onlyResult ? stringifyJson(response['result'] ?? {}) : record;
  if (response['success'] === true) return { outcome: 'success', activationId, body };
  const status = response['status'] === 'whisk internal error' ? internalStatus : failedStatus;
  return { outcome: 'failure', activationId, body, status };
}
