import { ExactNumber, isJsonObject, type JsonValue } from '../../entity/json.js';
import { messages } from '../../entity/messages.js';
import { Rejection } from '../../errors/rejection.js';
import type { HeaderLine } from './web-cors.js';

/** The headers of a `.http` result. */
export interface ResponseHeaders {
  readonly lines: readonly HeaderLine[];
  /** The first content type that the result names, in any case; absent when it names none. */
  readonly contentType?: string;
}

/** Belong to the connection or to the length of the body, which are the platform's (RS-205). */
const dropped: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The header lines of the field `headers`, their case kept (openwhisk-api.md §17.7, §24, 17). Throws the 400 of
 * `message/http` for what is no header: other types of values, and characters that cannot be sent (RS-205).
 */
export function toResponseHeaders(value: JsonValue | undefined): ResponseHeaders {
  if (value === undefined) return { lines: [] };
  if (!isJsonObject(value)) throw notHttp();
  const lines = Object.entries(value).flatMap(([name, given]) => toLines(name, given));
  const contentType = lines.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return {
    lines: lines.filter(([name]) => name.toLowerCase() !== 'content-type' && !dropped.has(name.toLowerCase())),
    ...(contentType === undefined ? {} : { contentType }),
  };
}

function toLines(name: string, value: JsonValue): HeaderLine[] {
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw notHttp();
  const values: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  return values.map((single) => [name, toHeaderText(single)]);
}

/** Visible ASCII, blanks and Latin-1: all that Node can send. */
function toHeaderText(value: JsonValue): string {
  const text = value instanceof ExactNumber ? value.text : value;
  if (text === null || typeof text === 'object') throw notHttp();
  const shown = String(text);
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(shown)) throw notHttp();
  return shown;
}

function notHttp(): Rejection {
  return new Rejection(400, messages.notMessage('message/http'));
}
