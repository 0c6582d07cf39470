import { isJsonObject, type JsonObject, type JsonValue } from '../../entity/json.js';
import { messages } from '../../entity/messages.js';
import { Rejection } from '../../errors/rejection.js';
import { toHttpResponse } from './http-transcoder.js';
import { prettyJson } from './pretty-json.js';
import type { WebResponse } from './web-response.js';
import type { WebExtension } from './web-target.js';

/**
 * Turns the result of a web action, or the value of its `error`, into a response (openwhisk-api.md §17.6). Throws a
 * Rejection when the result does not fit the extension.
 */
export function transcode(extension: WebExtension, value: JsonValue): WebResponse {
  switch (extension) {
    case 'http':
      return toHttpResponse(value);
    case 'json':
      return toJsonResponse(value);
    case 'html':
      return respond('text/html; charset=UTF-8', markupOf(value, 'html', 'text/html'));
    case 'svg':
      return respond('image/svg+xml', markupOf(value, 'svg', 'image/svg+xml'));
    case 'text':
      return respond('text/plain; charset=UTF-8', toText(textOf(value)));
  }
}

function toJsonResponse(value: JsonValue): WebResponse {
  if (!isJsonObject(value) && !Array.isArray(value)) throw new Rejection(400, messages.notMessage('application/json'));
  return respond('application/json', prettyJson(value));
}

function markupOf(value: JsonValue, field: string, type: string): string {
  const markup = isJsonObject(value) ? bodyOr(value, field) : value;
  if (typeof markup !== 'string') throw new Rejection(400, messages.notMessage(type));
  return markup;
}

function textOf(value: JsonValue): JsonValue {
  const text = isJsonObject(value) ? bodyOr(value, 'text') : value;
  if (text === undefined) throw new Rejection(404, messages.propertyMissing);
  return text;
}

/** Strings bare, all else as JSON. */
function toText(value: JsonValue): string {
  return typeof value === 'string' ? value : prettyJson(value);
}

function bodyOr(value: JsonObject, field: string): JsonValue | undefined {
  const name = ['body', field].find((candidate) => Object.hasOwn(value, candidate));
  return name === undefined ? undefined : value[name];
}

function respond(type: string, text: string): WebResponse {
  return { status: 200, headers: [], entity: { type, bytes: Buffer.from(text) } };
}
