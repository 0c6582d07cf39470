/** Any JSON value. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. Merge with spread or `Object.fromEntries`, never `Object.assign`: keys such as `__proto__` are data (RS-204). */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Whether a value is an object in the sense of JSON: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
