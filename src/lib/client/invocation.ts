import type { Connection } from '../config/connection.js';
import { isJsonObject, type JsonValue, parseJson } from '../entity/json.js';
import { NetworkError } from '../errors/client-errors.js';
import { type Attempt, responseError } from './responses.js';
import type { ApiResponse } from './transport.js';

/** What came of an invocation (openwhisk-api.md §8.2, §8.3). */
export type Invocation =
  /** Accepted by a call that did not wait. */
  | { readonly outcome: 'accepted'; readonly activationId: string }
  /** Not finished within the time that the server waits. */
  | { readonly outcome: 'pending'; readonly activationId: string }
  /** Ended; `body` is the record or the result as JSON text. */
  | { readonly outcome: 'success'; readonly activationId: string | undefined; readonly body: string }
  /** Ended with an error of the action or the platform; `status` is that of the answer, 502 or 500. */
  | {
      readonly outcome: 'failure';
      readonly activationId: string | undefined;
      readonly body: string;
      readonly status: number;
    };

/** Reads the answer to an invocation. Throws HttpError for one that started no activation (openwhisk-api.md §22.2). */
export function toInvocation(
  response: ApiResponse,
  context: { readonly blocking: boolean; readonly attempt: Attempt; readonly connection: Connection },
): Invocation {
  const { status, body } = response;
  const document = parsedOrUndefined(body);
  const activationId = response.headers['x-openwhisk-activation-id'] ?? idIn(document);
  if (status === 202 || (status === 200 && !context.blocking)) {
    if (activationId === undefined) throw noPlatform(context);
    return { outcome: context.blocking ? 'pending' : 'accepted', activationId };
  }
  if (status === 200) {
    if (document === undefined) throw noPlatform(context);
    return { outcome: 'success', activationId, body };
  }
  const failed = context.blocking && (status === 502 || status === 500) && document !== undefined;
  if (failed && isOutcome(document, activationId)) return { outcome: 'failure', activationId, body, status };
  throw responseError(response, context.attempt, context.connection);
}

/** An error of a gateway or the controller is `{"error","code"}` and names no activation; a result of an action has no `code`. */
function isOutcome(document: JsonValue, activationId: string | undefined): boolean {
  if (activationId !== undefined) return true;
  return isJsonObject(document) && 'error' in document && !('code' in document);
}

function idIn(document: JsonValue | undefined): string | undefined {
  const id = isJsonObject(document) ? document['activationId'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

function noPlatform({ attempt, connection }: { attempt: Attempt; connection: Connection }): NetworkError {
  return new NetworkError(`Unable to ${attempt.what}: the host did not answer as a platform does`, {
    hint: `is ${connection.apihost.value} (from ${connection.apihost.source}) an OpenWhisk API host?`,
  });
}

function parsedOrUndefined(body: string): JsonValue | undefined {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}
