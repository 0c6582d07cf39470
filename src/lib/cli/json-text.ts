/**
 * JSON as text: re-indented and cut into members without being parsed into values, so that numbers keep their digits and members their
 * order (C-24, C-45).
 */

const space = new Set([' ', '\t', '\n', '\r']);

function skipSpace(text: string, from: number): number {
  let at = from;
  while (space.has(text.charAt(at))) at += 1;
  return at;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at + 1, text.length);
}

function endOfLiteral(text: string, from: number): number {
  let at = from;
  while (at < text.length && !'{}[],:"'.includes(text.charAt(at)) && !space.has(text.charAt(at))) at += 1;
  return Math.max(at, from + 1);
}

function endOfNested(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '{' || char === '[') depth += 1;
    if (char === '}' || char === ']') depth -= 1;
    at = char === '"' ? endOfString(text, at) : at + 1;
    if (depth === 0) break;
  }
  return at;
}

/** Index behind the JSON value that begins at `from` (which is not white space). */
export function endOfValue(text: string, from: number): number {
  const char = text.charAt(from);
  if (char === '"') return endOfString(text, from);
  return char === '{' || char === '[' ? endOfNested(text, from) : endOfLiteral(text, from);
}

/** A string token without needless escapes: `\u003c` becomes `<`, non-ASCII stands as it is (C-45). */
function plainString(token: string): string {
  if (!token.includes('\\')) return token;
  const value: unknown = JSON.parse(token);
  return JSON.stringify(value);
}

/** Tokens of a JSON text in order, white space dropped. */
function* tokens(text: string): Generator<string> {
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const char = text.charAt(at);
    const end = '{}[],:'.includes(char) ? at + 1 : char === '"' ? endOfString(text, at) : endOfLiteral(text, at);
    const token = text.slice(at, end);
    yield char === '"' ? plainString(token) : token;
    at = skipSpace(text, end);
  }
}

function compact(text: string): string {
  return [...tokens(text)].join('');
}

function indented(text: string, width: number): string {
  const parts: string[] = [];
  let depth = 0;
  let opened = false;
  const newLine = (): void => {
    parts.push('\n', ' '.repeat(depth * width));
  };
  for (const token of tokens(text)) {
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    if (closes ? !opened : opened) newLine();
    opened = token === '{' || token === '[';
    parts.push(token === ':' ? ': ' : token);
    if (opened) depth += 1;
    if (token === ',') newLine();
  }
  return parts.join('');
}

/** The same JSON with `width` spaces a level, or on one line with `width` 0. Text that is not JSON is given back unchanged. */
export function formatJson(text: string, width: number): string {
  if (!isJson(text)) return text;
  return width === 0 ? compact(text) : indented(text, width);
}

/** Whether a text as a whole is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A member of a JSON object as it stands in the text. */
export interface JsonMember {
  readonly name: string;
  /** The value's text. */
  readonly value: string;
}

/** The members of a JSON object, or the elements of an array under their index; nothing for other values. The text must be JSON. */
export function jsonMembers(text: string): readonly JsonMember[] {
  const members: JsonMember[] = [];
  let at = skipSpace(text, 0);
  const keyed = text.charAt(at) === '{';
  if (!keyed && text.charAt(at) !== '[') return members;
  at = skipSpace(text, at + 1);
  while (at < text.length && text.charAt(at) !== '}' && text.charAt(at) !== ']') {
    let name = String(members.length);
    if (keyed) {
      const end = endOfString(text, at);
      name = String(JSON.parse(text.slice(at, end)));
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    const end = endOfValue(text, at);
    members.push({ name, value: text.slice(at, end) });
    at = skipSpace(text, end);
    if (text.charAt(at) === ',') at = skipSpace(text, at + 1);
  }
  return members;
}

/**
 * The text of the value at a path of member names, `['exec', 'kind']`; undefined when there is none. Of equal names the last counts. With
 * `ignoreCase` a name that fits exactly goes before one that fits otherwise.
 */
export function jsonMember(
  text: string,
  path: readonly string[],
  options: { readonly ignoreCase?: boolean } = {},
): string | undefined {
  let value: string | undefined = text;
  for (const name of path) {
    if (value === undefined) return undefined;
    const members: readonly JsonMember[] = jsonMembers(value);
    const same = (member: JsonMember): boolean => member.name.toLowerCase() === name.toLowerCase();
    const exact = members.findLast((member) => member.name === name);
    value = (exact ?? (options.ignoreCase === true ? members.findLast(same) : undefined))?.value;
  }
  return value;
}
