import { CorruptEntity, RevisionConflict } from '../database/artifact-store.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import { QueueFull, ShuttingDown } from '../invoker/invoker.js';
import type { Answer } from './answer.js';

/**
 * The refusal that a thrown error stands for; undefined for a bug. The table of all errors of the controller:
 *
 * | thrown                                   | status | text                                       |
 * | ---------------------------------------- | ------ | ------------------------------------------ |
 * | Rejection                                | its    | its                                        |
 * | RevisionConflict                         | 409    | concurrent modification (RS-161)           |
 * | CorruptEntity                            | 500    | its (RS-110)                               |
 * | QueueFull                                | 429    | too many concurrent requests (RS-165)      |
 * | ShuttingDown                             | 503    | unavailable                                |
 * | FST_ERR_CTP_INVALID_MEDIA_TYPE           | 415    | content type (§2.1)                        |
 * | FST_ERR_BAD_URL, FST_ERR_MAX_PARAM_LENGTH| 400    | bad syntax (§3.3)                          |
 * | anything else                            | 500    | internal error, with a line in the log     |
 */
export function toRejection(error: unknown, contentType: string | undefined): Rejection | undefined {
  if (error instanceof Rejection) return error;
  if (error instanceof RevisionConflict) return new Rejection(409, messages.concurrentModification, { cause: error });
  if (error instanceof CorruptEntity) return new Rejection(500, error.message, { cause: error });
  if (error instanceof QueueFull) return new Rejection(429, messages.tooManyConcurrent(error.count, error.allowed));
  if (error instanceof ShuttingDown) return new Rejection(503, messages.unavailable);
  return fromFastify(error, contentType ?? '');
}

/** `{"error": text, "code": transaction id}` (openwhisk-api.md §3.1). */
export function toErrorAnswer(rejection: Rejection, transactionId: string): Answer {
  return {
    status: rejection.status,
    text: JSON.stringify({ error: rejection.message, code: transactionId }),
    headers: rejection.headers,
  };
}

function fromFastify(error: unknown, contentType: string): Rejection | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Rejection(415, messages.contentType(contentType));
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new Rejection(400, messages.badSyntax);
    default:
      return undefined;
  }
}
