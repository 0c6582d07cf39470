import type { Ended } from '../../helpers/built-rt.js';

/** What is different in every run, and the word that the recorded sessions have for it. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\(code [^)\s]+\)/gu, '(code TID)'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/gu, 'TIMESTAMP'],
  // The recorded platform leaves the name of the stream out of log lines.
  [/TIMESTAMP +std(?:out|err): /gu, 'TIMESTAMP '],
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/gu, 'DATE TIME'],
  [/\b[0-9a-f]{32}\b/gu, 'ID'],
  [/(?<=\s)\d+(?:\.\d+)?m?s\b/gu, 'DURATION'],
  // Whether a runtime was there already.
  [/\b(?:cold|warm)\b(?=\s+DURATION)/gu, 'START'],
  // The platform's own choice of the default kind's version.
  [/\bnodejs:\d+\b/gu, 'nodejs:N'],
];

/** A text with everything that varies replaced by the words of the record; a recorded text stays as it is. */
export function normalise(text: string, places: { readonly host: string; readonly folder: string }): string {
  const placed = text.replaceAll(places.host, 'HOST').replaceAll(places.folder, 'DIR');
  return VARYING.reduce((result, [pattern, word]) => result.replace(pattern, word), placed);
}

/** Both streams of a run, normalised. */
export function normaliseEnded(ended: Ended, places: { readonly host: string; readonly folder: string }): Ended {
  return { ...ended, stdout: normalise(ended.stdout, places), stderr: normalise(ended.stderr, places) };
}

/** Members whose value is a point in time or a span of it. */
const TIMES: ReadonlySet<string> = new Set(['start', 'end', 'updated', 'duration']);

/** Annotations that depend on whether a runtime was warm. */
const TIMINGS: ReadonlySet<unknown> = new Set(['waitTime', 'initTime']);

/**
 * A JSON value without what varies from run to run: times are 0, timing annotations are left out, lists of `{key, value}` are in the order
 * of their keys.
 */
function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return inOrder(value.filter((item) => !TIMINGS.has(keyOf(item))).map(withoutTimes));
  if (typeof value !== 'object' || value === null) return value;
  // wsk leaves out the size and adds the number of the status; ours shows the record as the platform has it (C-45).
  const shown = Object.entries(value).filter(([name]) => !['size', 'statusCode'].includes(name));
  const members = shown.map(([name, member]): [string, unknown] => [
    name,
    TIMES.has(name) && typeof member === 'number' ? 0 : withoutTimes(member),
  ]);
  return Object.fromEntries(members);
}

function keyOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'key' in item ? item.key : undefined;
}

function inOrder(items: unknown[]): unknown[] {
  if (!items.every((item) => typeof keyOf(item) === 'string')) return items;
  return items.sort((a, b) => (String(keyOf(a)) < String(keyOf(b)) ? -1 : 1));
}

/** Parses a recorded document, in which `NUMBER` stands for numbers. */
export function parseDocument(text: string): unknown {
  return withoutTimes(JSON.parse(text.replaceAll(/:\s*NUMBER\b/gu, ': 0')));
}
