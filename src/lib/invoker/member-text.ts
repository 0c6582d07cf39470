const blank = /[^ \t\r\n]/g;
const bracketOrString = /["{}[\]]/g;
const endOfScalar = /[,}\] \t\r\n]/g;

/**
 * The text of one member of a JSON object, cut out as it stands, so that its numbers keep every digit. Of several members
 * with the name it is the last one, as for `JSON.parse`. `text` must be valid JSON of an object; undefined when there is
 * no such member.
 */
export function memberText(text: string, name: string): string | undefined {
  let found: string | undefined;
  let at = skipBlanks(text, text.indexOf('{') + 1);
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at);
    const start = skipBlanks(text, text.indexOf(':', keyEnd) + 1);
    const end = endOfValue(text, start);
    if (JSON.parse(text.slice(at, keyEnd)) === name) found = text.slice(start, end);
    at = skipBlanks(text, end);
    if (text[at] === ',') at = skipBlanks(text, at + 1);
  }
  return found;
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first === '{' || first === '[') return endOfNested(text, start);
  return find(endOfScalar, text, start);
}

/** Counts brackets without recursion: an answer may be nested a hundred thousand levels deep. */
function endOfNested(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    at = find(bracketOrString, text, at);
    const mark = text[at];
    if (mark === '"') {
      at = endOfString(text, at);
      continue;
    }
    depth += mark === '{' || mark === '[' ? 1 : -1;
    at += 1;
  } while (depth > 0);
  return at;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(text: string, position: number): boolean {
  let backslashes = 0;
  while (text[position - backslashes - 1] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function skipBlanks(text: string, at: number): number {
  return find(blank, text, at);
}

function find(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.index ?? text.length;
}
