/** One `KEY=VALUE` line of `.wskprops` or `.env`. */
export interface KeyValueLine {
  readonly key: string;
  readonly value: string;
}

/** Text inside matching outer quotes, if nothing but a comment follows them. */
function unquoted(text: string): string | undefined {
  const quote = text.charAt(0);
  if (quote !== '"' && quote !== "'") return undefined;
  const end = text.indexOf(quote, 1);
  if (end < 0) return undefined;
  return /^\s*(?:#.*)?$/.test(text.slice(end + 1)) ? text.slice(1, end) : undefined;
}

/**
 * Reads a line: split at the first `=`, both sides trimmed, `#` begins a comment at line start or after white space, matching outer
 * quotes are removed (C-19). Undefined for comments, empty lines and lines without `=`.
 */
export function parseKeyValueLine(line: string): KeyValueLine | undefined {
  const text = line.replace(/\r$/, '').trim();
  const equals = text.indexOf('=');
  if (text.startsWith('#') || equals <= 0) return undefined;
  const rest = text.slice(equals + 1).trim();
  const value = unquoted(rest) ?? rest.replace(/(?:^|\s+)#.*$/, '');
  return { key: text.slice(0, equals).trim(), value };
}

/** A value as it can be written behind `=` so that reading gives it back. */
export function printValue(value: string): string {
  if (!/^\s|\s$|^["'#]|\s#/.test(value)) return value;
  return value.includes('"') ? `'${value}'` : `"${value}"`;
}
