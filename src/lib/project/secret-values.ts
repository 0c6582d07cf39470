import { isJsonObject, type JsonValue } from '../entity/json.js';

const secretName = /key|token|secret|password|auth/i;

/** What stands in the place of a secret. */
export const hidden = '****';

/**
 * A value as plans may show it: what looks like a secret by its name, at any depth, or as the password in an address is hidden (§4.2).
 * `path` is the name of the field, for example `parameters.apiKey`.
 */
export function shownValue(path: string, value: JsonValue): JsonValue {
  if (secretName.test(path)) return hidden;
  if (typeof value === 'string') return value.replace(/(:\/\/[^/\s:@]*:)[^/\s@]+@/g, `$1${hidden}@`);
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => shownValue('', item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shownValue(key, item)]));
}
