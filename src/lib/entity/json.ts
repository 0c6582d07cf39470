import { MalformedContent } from '../errors/rejection.js';

/** A JSON number that a double cannot hold digit for digit, such as `12345678901234567890`, `1.0` or `1e400`. */
export class ExactNumber {
  constructor(readonly text: string) {}

  /** Marks the place for `stringifyJson`, the only writer that puts the digits back. */
  toJSON(): string {
    return `${exactMark}${this.text}`;
  }
}

/** Any JSON value. Numbers that would lose digits as a double are ExactNumber objects: write JSON with `stringifyJson`. */
export type JsonValue = null | boolean | number | string | ExactNumber | readonly JsonValue[] | JsonObject;

/** A JSON object. Merge with spread or `Object.fromEntries`, never `Object.assign`: keys such as `__proto__` are data (RS-204). */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Deepest nesting that is accepted (RS-203). */
const maxJsonDepth = 200;

/** Longest number that is accepted, in characters (openwhisk-api.md §2.1). */
const maxNumberLength = 100;

const exactMark = '\u0000exact:';
const writtenMark = '"\\u0000exact:';

/**
 * Finds what may be a number that changes in a round trip through a double: many digits, an exponent, a trailing zero,
 * minus zero. It also hits text inside strings; that only costs time. Linear: a match can start at a delimiter only.
 */
const suspiciousNumber = /(?:^|[\s:,[])-?(?:[\d.]{16}|[\d.]+[eE]|\d+\.\d*0(?![\d.])|0(?<=-0)(?![\d.]))/;

/** Whether a value is an object in the sense of JSON: not null, not an array, not a number kept exactly. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/**
 * Parses JSON text from outside. Numbers keep their digits, keys such as `__proto__` are data.
 * Throws MalformedContent for bad syntax, too deep nesting (RS-203) and too long numbers (openwhisk-api.md §2.1).
 */
export function parseJson(text: string): JsonValue {
  const value = parsePlain(text);
  // 200 levels need at least that many opening and closing brackets.
  if (text.length > 2 * maxJsonDepth && isDeeperThan(value, maxJsonDepth)) {
    throw new MalformedContent(
      `JSON input nested too deeply: more than ${String(maxJsonDepth)} levels of objects and arrays.`,
    );
  }
  return hasSuspiciousNumber(text) ? new ExactReader(text).read() : value;
}

/** Texts from which on strings are stepped over instead of searched for numbers: a third of the time for an action of 1 MB (P-51). */
const longText = 65_536;

/** Whether a text that `JSON.parse` has accepted may hold a number that changes in a round trip. */
function hasSuspiciousNumber(text: string): boolean {
  if (text.length < longText) return suspiciousNumber.test(text);
  let from = 0;
  for (let quote = text.indexOf('"'); quote !== -1; quote = text.indexOf('"', from)) {
    if (suspiciousNumber.test(text.slice(from, quote))) return true;
    from = endOfString(text, quote) + 1;
  }
  return suspiciousNumber.test(text.slice(from));
}

/** The place of the quote that ends the string which starts at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, position: number): boolean {
  let backslashes = 0;
  while (text[position - backslashes - 1] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** Writes compact JSON with every number digit for digit as it was parsed. */
export function stringifyJson(value: JsonValue | object): string {
  const text = JSON.stringify(value);
  // A string of a user can look like the mark, so the mark only chooses the slow writer; it is never replaced.
  return text.includes(writtenMark) ? writeExactly(value) : text;
}

/** The double nearest to a JSON number; undefined for anything else. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  if (value instanceof ExactNumber) return Number(value.text);
  return typeof value === 'number' ? value : undefined;
}

function parsePlain(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new MalformedContent(error instanceof Error ? error.message : String(error));
  }
}

function isDeeperThan(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((member: JsonValue) => isDeeperThan(member, levels - 1));
}

function writeExactly(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeExactly).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${writeExactly(member)}`);
  return `{${members.join(',')}}`;
}

/** Reads text that `JSON.parse` has accepted already, so that it need not look for errors of syntax. */
class ExactReader {
  private at = 0;
  private readonly number = /[-+.\deE]+/y;

  constructor(private readonly text: string) {}

  read(): JsonValue {
    this.skipBlanks();
    switch (this.text[this.at]) {
      case '{':
        return this.readObject();
      case '[':
        return this.readArray();
      case '"':
        return this.readString();
      case 't':
        return this.skip(4, true);
      case 'f':
        return this.skip(5, false);
      case 'n':
        return this.skip(4, null);
      default:
        return this.readNumber();
    }
  }

  private readObject(): JsonObject {
    const members: [string, JsonValue][] = [];
    while (this.nextMember('}')) {
      const key = this.readString();
      this.skipBlanks();
      this.at += 1;
      members.push([key, this.read()]);
    }
    return Object.fromEntries(members);
  }

  private readArray(): JsonValue[] {
    const items: JsonValue[] = [];
    while (this.nextMember(']')) items.push(this.read());
    return items;
  }

  /** Steps over an opening bracket or a comma; at the closing bracket steps over that and says no. */
  private nextMember(closing: string): boolean {
    this.skipBlanks();
    if (this.text[this.at] !== closing) this.at += 1;
    this.skipBlanks();
    if (this.text[this.at] !== closing) return true;
    this.at += 1;
    return false;
  }

  private readString(): string {
    const start = this.at;
    this.at = endOfString(this.text, start) + 1;
    return JSON.parse(this.text.slice(start, this.at)) as string;
  }

  private readNumber(): number | ExactNumber {
    this.number.lastIndex = this.at;
    const digits = this.number.exec(this.text)?.[0] ?? '';
    if (digits.length > maxNumberLength) {
      throw new MalformedContent(
        `Number too long: the number that starts with '${digits.slice(0, 20)}' has ${String(digits.length)} characters, ` +
          `more than the allowed ${String(maxNumberLength)}.`,
      );
    }
    this.at += digits.length;
    const number = Number(digits);
    return String(number) === digits ? number : new ExactNumber(digits);
  }

  private skip<T>(length: number, value: T): T {
    this.at += length;
    return value;
  }

  private skipBlanks(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at += 1;
  }
}
