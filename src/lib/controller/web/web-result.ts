import { isJsonObject, type JsonValue, parseJson } from '../../entity/json.js';
import { messages } from '../../entity/messages.js';
import { MalformedContent, Rejection } from '../../errors/rejection.js';
import type { FinishedActivation } from '../../invoker/invoker.js';
import { isAcceptable } from './content-negotiation.js';
import { transcode } from './transcoders.js';
import type { WebResponse } from './web-response.js';
import type { WebExtension } from './web-target.js';

/**
 * The response to the caller of an activation that has ended (openwhisk-api.md §17.6). Throws a 400 or 404 when the
 * result does not fit the extension, and a 406 when the caller does not accept its type (§17.8).
 */
export function toWebResponse(
  { statusCode, result }: Pick<FinishedActivation, 'statusCode' | 'result'>,
  extension: WebExtension,
  accept: string | undefined,
): WebResponse {
  if (statusCode > 1) throw new Rejection(400, messages.webProcessing);
  const value = parseResult(result);
  const response = transcode(extension, statusCode === 0 ? value : errorOf(value));
  const type = response.entity?.type;
  if (type !== undefined && !isAcceptable(accept, type)) throw new Rejection(406, messages.notAcceptable(type));
  return response;
}

/** A result that is nested too deeply to be read is the action's mistake, not the caller's. */
function parseResult(result: string): JsonValue {
  try {
    return parseJson(result);
  } catch (error) {
    if (error instanceof MalformedContent) throw new Rejection(400, messages.webProcessing, { cause: error });
    throw error;
  }
}

function errorOf(value: JsonValue): JsonValue {
  return (isJsonObject(value) ? value['error'] : undefined) ?? null;
}
