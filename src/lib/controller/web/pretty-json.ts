import { ExactNumber, type JsonValue, stringifyJson } from '../../entity/json.js';

/** JSON with an indentation of two blanks, every number digit for digit (openwhisk-api.md §17.6). */
export function prettyJson(value: JsonValue): string {
  return print(value, '\n');
}

function print(value: JsonValue, lineStart: string): string {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return stringifyJson(value);
  const inner = `${lineStart}  `;
  if (isArray(value)) {
    const items = value.map((item) => print(item, inner));
    return items.length === 0 ? '[]' : `[${inner}${items.join(`,${inner}`)}${lineStart}]`;
  }
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${print(member, inner)}`);
  return members.length === 0 ? '{}' : `{${inner}${members.join(`,${inner}`)}${lineStart}}`;
}

/** `Array.isArray` does not narrow a readonly array. */
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
