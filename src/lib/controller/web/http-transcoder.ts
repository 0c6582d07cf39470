import { isJsonObject, type JsonValue, numberOf, stringifyJson } from '../../entity/json.js';
import { messages } from '../../entity/messages.js';
import { Rejection } from '../../errors/rejection.js';
import { isJsonFamily, isTextLike, parseMediaType } from './media-type.js';
import { prettyJson } from './pretty-json.js';
import { toResponseHeaders } from './response-headers.js';
import type { WebEntity, WebResponse } from './web-response.js';

/** Statuses whose responses have no body, whatever the action says. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** Statuses that can end a request (RS-205). */
const statusRange = { min: 200, max: 599 };

/**
 * `.http`: the result sets status, headers and body (openwhisk-api.md §17.7). Throws a 400 for whatever cannot be a
 * response.
 */
export function toHttpResponse(value: JsonValue): WebResponse {
  if (!isJsonObject(value)) throw notHttp();
  const given = value['statusCode'] === undefined ? undefined : toStatus(value['statusCode']);
  const { lines: headers, contentType } = toResponseHeaders(value['headers']);
  const entity = toEntity(value['body'], contentType);
  const status = given ?? (entity === undefined ? 204 : 200);
  return entity === undefined || bodiless.has(status) ? { status, headers } : { status, headers, entity };
}

function toStatus(value: JsonValue): number {
  const status = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : numberOf(value);
  if (status === undefined || !Number.isInteger(status)) throw notHttp();
  if (status < statusRange.min || status > statusRange.max) throw notHttp();
  return status;
}

function toEntity(body: JsonValue | undefined, contentType: string | undefined): WebEntity | undefined {
  if (body === undefined || body === null || body === '') return undefined;
  return typeof body === 'string'
    ? fromText(body, contentType ?? 'text/html')
    : fromJson(body, contentType ?? 'application/json');
}

function fromText(body: string, contentType: string): WebEntity {
  const type = parseMediaType(contentType);
  if (type === undefined) throw new Rejection(400, messages.contentTypeUnknown);
  if (isJsonFamily(type)) {
    return { type: contentType, bytes: Buffer.from(body, isPaddedBase64(body) ? 'base64' : 'utf8') };
  }
  if (!isTextLike(type)) return { type: contentType, bytes: decodeBase64(body) };
  const complete = type.charset === undefined ? `${contentType}; charset=UTF-8` : contentType;
  return { type: complete, bytes: Buffer.from(body) };
}

function fromJson(body: JsonValue, contentType: string): WebEntity {
  const type = parseMediaType(contentType);
  if (type === undefined) throw new Rejection(400, messages.contentTypeUnknown);
  if (!isJsonFamily(type)) throw new Rejection(400, messages.contentTypeMismatch);
  const text = type.essence === 'application/json' ? stringifyJson(body) : prettyJson(body);
  return { type: contentType, bytes: Buffer.from(text) };
}

/** Bytes of a binary type; the padding may be missing. */
function decodeBase64(text: string): Buffer {
  const decodable = isPaddedBase64(text) || (/^[A-Za-z0-9+/]+$/.test(text) && text.length % 4 !== 1);
  if (!decodable) throw new Rejection(400, messages.contentTypeMismatch);
  return Buffer.from(text, 'base64');
}

function isPaddedBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function notHttp(): Rejection {
  return new Rejection(400, messages.notMessage('message/http'));
}
