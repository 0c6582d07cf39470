import type { Connection } from '../config/connection.js';
import { maxExecBytes } from '../entity/limits.js';
import type { ApiResponse } from './transport.js';

/** What an error answer says, for the hint. */
export interface ErrorAnswer {
  readonly response: ApiResponse;
  /** The text of the error. */
  readonly text: string;
  /** Bytes of the request's body, where it may have been too large. */
  readonly sentBytes?: number | undefined;
}

/** The hint that follows from a status alone (C-57). */
export function statusHint({ response, text, sentBytes }: ErrorAnswer, connection: Connection): string | undefined {
  const { auth, apihost } = connection;
  switch (response.status) {
    case 401:
      return `the key comes from ${auth.source}, the API host from ${apihost.source}; set another key with rt property set --auth`;
    case 403:
      return `the key comes from ${auth.source}`;
    case 409:
      return /concurrent/i.test(text) ? 'try again' : undefined;
    case 413:
      return sizeHint(text, sentBytes);
    case 429:
      return throttleHint(response, text);
    default:
      return undefined;
  }
}

/** The platform's own text has both sizes; a gateway in front of it says nothing. */
function sizeHint(text: string, sentBytes: number | undefined): string | undefined {
  const [, is, allowed] = /(\d+) > (\d+) bytes/.exec(text) ?? [];
  if (is !== undefined && allowed !== undefined) {
    return `it has ${megabytes(Number(is))}, allowed are ${megabytes(Number(allowed))}`;
  }
  if (sentBytes === undefined) return undefined;
  return `the request has ${megabytes(sentBytes)}; most hosts allow code of ${megabytes(maxExecBytes)}, this one allows less`;
}

function megabytes(bytes: number): string {
  const size = bytes / 1024 / 1024;
  return size < 0.1 ? `${String(bytes)} bytes` : `${size.toFixed(1)} MB`;
}

/** Rates are counted by minutes of the host's clock; of running activations only the end of one helps (openwhisk-api.md §20). */
function throttleHint(response: ApiResponse, text: string): string {
  const { date, 'retry-after': retryAfter } = response.headers;
  if (retryAfter !== undefined && /^\d+$/.test(retryAfter)) return `try again in ${retryAfter} s`;
  if (/concurrent/i.test(text)) return 'try again when some of your activations have ended';
  const now = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(now)) return 'limits count by the minute; try again in the next one';
  return `limits count by the minute; the next one begins in ${String(60 - (Math.floor(now / 1000) % 60))} s`;
}
