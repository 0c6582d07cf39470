import assert from 'node:assert/strict';
import { parseDocument } from './normalise.js';

/** A piece of an answer: a line for people, or a JSON document that stands on lines of its own. */
type Piece = { readonly line: string } | { readonly document: unknown };

/** Cuts an answer into lines and JSON documents. White space in lines is folded. */
function piecesOf(text: string): Piece[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const pieces: Piece[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const end = /^[[{]$/u.test(line) ? lines.findIndex((other, index) => index > at && /^[\]}]$/u.test(other)) : -1;
    if (end < 0) {
      pieces.push({ line: line.trim().split(/\s+/u).join(' ') });
      continue;
    }
    pieces.push({ document: parseDocument(lines.slice(at, end + 1).join('\n')) });
    at = end;
  }
  return pieces;
}

/** Rows of lists begin with the columns of wsk, ours follow. */
function isRow(line: string): boolean {
  return /^(?:\/|DATE TIME |Datetime )/u.test(line);
}

/** The URL behind the line of a web action is ours. */
function isUrl(piece: Piece): boolean {
  return 'line' in piece && /^HOST\/api\/v1\/web\//u.test(piece.line);
}

/** The record of a blocking invoke has no log lines yet with wsk; ours may have them already. */
function withKnownLogs(piece: Piece, recorded: Piece): Piece {
  if (!('document' in piece && 'document' in recorded)) return piece;
  const [ours, theirs] = [piece.document, recorded.document];
  const early = hasLogs(theirs) && theirs.logs.length === 0;
  return early && hasLogs(ours) ? { document: { ...ours, logs: [] } } : piece;
}

function hasLogs(value: unknown): value is { readonly logs: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'logs' in value && Array.isArray(value.logs);
}

/** Fails unless the answer is the recorded one, by the rules of `wsk/README.md`. Both are normalised. */
export function assertAnswer(actual: string, recorded: string): void {
  const expected = piecesOf(recorded);
  const found = piecesOf(actual);
  const shown = expected.some(isUrl) ? found : found.filter((piece) => !isUrl(piece));
  for (const [at, piece] of expected.entries()) {
    const other = shown[at];
    if (other === undefined) assert.fail(`missing: ${JSON.stringify(piece)}\n${actual}`);
    if ('line' in piece && 'line' in other && isRow(piece.line)) {
      assert.ok(`${other.line} `.startsWith(`${piece.line} `), `expected ${piece.line}\nfound    ${other.line}`);
    } else assert.deepEqual(withKnownLogs(other, piece), piece);
  }
  assert.deepEqual(shown.slice(expected.length), [], 'more than the recorded answer');
}

/** Fails unless every member of the recorded document is in ours with the same value; lists have the same length. */
export function assertContains(actual: unknown, recorded: unknown, path = '$'): void {
  if (Array.isArray(recorded) && Array.isArray(actual)) {
    assert.equal(actual.length, recorded.length, `length of ${path}`);
    for (const [at, item] of recorded.entries()) assertContains(actual[at], item, `${path}[${String(at)}]`);
    return;
  }
  // aio sends digits as text, we as the number that they are (C-21).
  if (typeof actual === 'number' && recorded === String(actual)) return;
  if (typeof recorded !== 'object' || recorded === null || typeof actual !== 'object' || actual === null) {
    assert.deepEqual(actual, recorded, path);
    return;
  }
  const members = new Map(Object.entries(actual));
  for (const [name, member] of Object.entries(recorded)) {
    assert.ok(members.has(name), `${path}.${name} is missing`);
    assertContains(members.get(name), member, `${path}.${name}`);
  }
}
