import type { Connection } from '../config/connection.js';
import { type EntityPlace, HttpError, NetworkError } from '../errors/client-errors.js';
import { isJsonObject } from '../entity/json.js';
import { statusHint } from './status-hints.js';
import type { ApiResponse } from './transport.js';

/** What a request tried, for the error text (C-53). */
export interface Attempt {
  /** Completes `Unable to …`: `create action 'hello'`. */
  readonly what: string;
  /** Stands in the place of `Unable to …` where wsk has other words: `Binding creation failed` (C-53). */
  readonly failed?: string;
  /** Hints by HTTP status that only the caller knows, for example the update command for 409 (C-57). */
  readonly hints?: Readonly<Record<number, string>>;
  /** What the request was about, so that a 404 can name what is near to it. */
  readonly entity?: EntityPlace;
  /** Bytes of the request's body, where it may be too large. */
  readonly sentBytes?: number;
}

interface ServerError {
  readonly text: string;
  readonly transactionId: string | undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The error text of the platform; of any other body what can be said about it (C-54). */
function serverError(response: ApiResponse): ServerError {
  const document = parsed(response.body);
  const { error, code } = isJsonObject(document) ? document : {};
  const transactionId = typeof code === 'string' || typeof code === 'number' ? String(code) : undefined;
  if (typeof error === 'string' && error !== '') return { text: error, transactionId };
  const failed = `The connection failed, or timed out. (HTTP status code ${String(response.status)})`;
  const plain = (response.headers['content-type'] ?? '').startsWith('text/plain');
  const [line = ''] = response.body.trim().split('\n');
  return { text: plain && line !== '' ? `${failed}: ${line.slice(0, 200)}` : failed, transactionId };
}

/** The error for an answer that is no success. A redirect is never followed and counts as no usable answer (RS-251). */
export function responseError(response: ApiResponse, attempt: Attempt, connection: Connection): Error {
  if (response.status >= 300 && response.status < 400) {
    const location = response.headers.location ?? 'an unnamed place';
    return new NetworkError(`Unable to ${attempt.what}: the API host redirects to ${location}`, {
      hint: 'set that host with --apihost or rt property set --apihost, if you trust it',
    });
  }
  const { text, transactionId } = serverError(response);
  const id = transactionId === undefined ? '' : ` (code ${transactionId})`;
  return new HttpError(`${attempt.failed ?? `Unable to ${attempt.what}`}: ${text}${id}`, {
    status: response.status,
    transactionId,
    hint: attempt.hints?.[response.status] ?? statusHint({ response, text, sentBytes: attempt.sentBytes }, connection),
    entity: attempt.entity,
  });
}

/** The body of a successful answer (2xx). Anything else is thrown as HttpError, or NetworkError for a redirect. */
export function bodyOf(response: ApiResponse, attempt: Attempt, connection: Connection): string {
  if (response.status >= 200 && response.status < 300) return response.body;
  throw responseError(response, attempt, connection);
}

/** The JSON of a successful answer; a body that is no JSON is a NetworkError, for then the host is not a platform (RS-253). */
export function jsonOf(response: ApiResponse, attempt: Attempt, connection: Connection): unknown {
  const document = parsed(bodyOf(response, attempt, connection));
  if (document !== undefined) return document;
  throw new NetworkError(`Unable to ${attempt.what}: the host did not answer with JSON`, {
    hint: `is ${connection.apihost.value} (from ${connection.apihost.source}) an OpenWhisk API host?`,
  });
}
