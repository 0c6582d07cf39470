import type { ServerResponse } from 'node:http';
import { prettyJson } from './pretty-json.js';
import type { HeaderLine } from './web-cors.js';

/** The body of a response with its complete content type. */
export interface WebEntity {
  readonly type: string;
  readonly bytes: Buffer;
}

/** What goes to the caller of a web action. */
export interface WebResponse {
  readonly status: number;
  /** In order, names in their case, without content type and length; a name may stand on several lines. */
  readonly headers: readonly HeaderLine[];
  /** Absent: the response is empty and has no content type. */
  readonly entity?: WebEntity;
}

/** A response that the platform makes instead of the action, pretty-printed (openwhisk-api.md §17.6). */
export function describeRefusal(status: number, error: string, transactionId: string): WebResponse {
  const bytes = Buffer.from(prettyJson({ error, code: transactionId }));
  return { status, headers: [], entity: { type: 'application/json', bytes } };
}

/** Adds header lines that are the platform's; those of the action with the same name give way. */
export function withPlatformHeaders(response: WebResponse, lines: readonly HeaderLine[]): WebResponse {
  const names = new Set(lines.map(([name]) => name.toLowerCase()));
  const kept = response.headers.filter(([name]) => !names.has(name.toLowerCase()));
  return { ...response, headers: [...kept, ...lines] };
}

/**
 * Writes a response. Header names keep their case and lines of one name are not joined,
 * unlike those of the API's own answers (openwhisk-api.md §17.7, §24, 17). Node leaves out the body of an answer to `HEAD`.
 */
export function writeWebResponse({ status, headers, entity }: WebResponse, response: ServerResponse): void {
  const lines = headers.flat();
  if (entity === undefined) {
    const length = status === 204 || status === 304 ? [] : ['Content-Length', '0'];
    response.writeHead(status, [...lines, ...length]).end();
    return;
  }
  const { type, bytes } = entity;
  response.writeHead(status, [...lines, 'Content-Type', type, 'Content-Length', String(bytes.length)]).end(bytes);
}
