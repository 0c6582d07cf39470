import { isUtf8 } from 'node:buffer';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../entity/json.js';
import { messages } from '../../entity/messages.js';
import { MalformedContent, Rejection } from '../../errors/rejection.js';
import { isJsonFamily, isTextLike, type MediaType, parseMediaType } from './media-type.js';

/** A request to a web action, as far as its arguments are made of it. */
export interface WebContent {
  readonly method: string;
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Names and values in turn, as Node read them. */
  readonly rawHeaders: readonly string[];
  readonly contentType: string | undefined;
  readonly body: Buffer;
  /** Namespace of the caller; absent when it did not authenticate. */
  readonly user?: string;
}

/** What the action says about its arguments. */
export interface WebArgumentRules {
  /** `raw-http`: query and body are passed on undecoded. */
  readonly raw: boolean;
  /** Parameters that a request must not name (`final`). */
  readonly immutable: ReadonlySet<string>;
}

const reserved: ReadonlySet<string> = new Set(
  ['method', 'headers', 'path', 'user', 'query', 'body'].map((name) => `__ow_${name}`),
);

/** A body either brings arguments or is one. */
type DecodedBody = { readonly fields: JsonObject } | { readonly value: JsonValue };

/**
 * The arguments that a request gives a web action, without the action's parameters (openwhisk-api.md §17.5). Throws 400
 * for a body or a query that cannot be decoded, and for reserved and final parameters.
 */
export function toWebArguments(content: WebContent, { raw, immutable }: WebArgumentRules): JsonObject {
  const context = contextOf(content);
  if (raw) return { ...context, __ow_query: content.query, __ow_body: rawBodyOf(content) };
  const body = decodeBody(content);
  const query = decodeQuery(content.query);
  const fields = 'fields' in body ? body.fields : {};
  for (const key of [...Object.keys(query), ...Object.keys(fields)]) {
    if (reserved.has(key) || immutable.has(key)) throw new Rejection(400, messages.parametersNotAllowed);
  }
  return { ...context, ...query, ...fields, ...('value' in body ? { __ow_body: body.value } : {}) };
}

function contextOf({ method, path, rawHeaders, body, user }: WebContent): JsonObject {
  return {
    __ow_method: method.toLowerCase(),
    __ow_headers: headersOf(rawHeaders, body.length > 0),
    __ow_path: path,
    ...(user === undefined ? {} : { __ow_user: user }),
  };
}

/**
 * All headers, as the reference passes them: `authorization` too, which web actions with an authentication of their own live on, and a key
 * of the platform with it when a caller sends one. Web actions of somebody else are to be called without a key.
 *
 * From the raw list, because header names are data here, `__proto__` included (RS-204).
 */
function headersOf(rawHeaders: readonly string[], hasEntity: boolean): JsonObject {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const value = rawHeaders[at + 1] ?? '';
    if (name === 'content-type' && !hasEntity) continue;
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ', '}${value}`);
  }
  return Object.fromEntries(headers);
}

/** Of repeated parameters the last holds. */
function decodeQuery(query: string): JsonObject {
  try {
    // URLSearchParams would silently replace what is no percent-encoded UTF-8 (RS-206).
    decodeURIComponent(query);
  } catch (error) {
    throw new Rejection(400, messages.badSyntax, { cause: error });
  }
  return Object.fromEntries(new URLSearchParams(query));
}

function decodeBody({ body, contentType }: WebContent): DecodedBody {
  if (body.length === 0) return { fields: {} };
  const type = parseMediaType(contentType ?? '');
  if (type === undefined || !isTextLike(type)) return { value: body.toString('base64') };
  if (isJsonFamily(type)) return decodeJson(body);
  const text = decodeText(body, type);
  if (type.essence !== 'application/x-www-form-urlencoded') return { value: text };
  return { fields: Object.fromEntries(new URLSearchParams(text)) };
}

function decodeJson(body: Buffer): DecodedBody {
  if (!isUtf8(body)) throw new MalformedContent('the text is not valid UTF-8');
  const value = parseJson(body.toString('utf8'));
  return isJsonObject(value) ? { fields: value } : { value };
}

/** Text-like bodies as they are; all others, and by tradition `application/json`, in base64. */
function rawBodyOf({ body, contentType }: WebContent): string {
  const type = parseMediaType(contentType ?? '');
  const asText = type !== undefined && isTextLike(type) && type.essence !== 'application/json';
  return asText ? decodeText(body, type) : body.toString('base64');
}

/** An unknown charset is read as UTF-8. */
function decodeText(body: Buffer, { charset = 'utf-8' }: MediaType): string {
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(body);
  } catch {
    return body.toString('utf8');
  }
}
