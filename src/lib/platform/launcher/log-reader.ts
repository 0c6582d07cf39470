import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** One line of the platform's log. */
export interface LogLine {
  /** ISO 8601; empty for a line that is not ours, such as a report of Node itself. */
  readonly time: string;
  readonly level: string;
  readonly component: string;
  readonly message: string;
  /** The line as it stands in the file. */
  readonly text: string;
}

/** Which lines are wanted. */
export interface LogQuery {
  /** The last so many; absent: all. */
  readonly tail?: number;
  /** Epoch milliseconds. */
  readonly since?: number;
  readonly component?: string;
}

const lineForm = /^(\d{4}-\S+Z) (\w+) (\S+) (.*)$/;

/** Milliseconds between two looks for new lines. */
const pollInterval = 200;

/** The lines that are there now, the oldest first, those of the file before this one included. */
export function readLog(path: string, query: LogQuery): LogLine[] {
  const texts = [`${path}.1`, path].filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'));
  const lines = texts.flatMap(linesOf).filter((line) => isWanted(line, query));
  return query.tail === undefined ? lines : lines.slice(Math.max(0, lines.length - query.tail));
}

/** The lines that are written from now on, until the signal; it follows the log when that is rotated. */
export async function* followLog(path: string, query: LogQuery, signal: AbortSignal): AsyncGenerator<LogLine> {
  let position = sizeOf(path);
  let rest = '';
  while (!signal.aborted) {
    await delay(pollInterval, undefined, { signal }).catch(() => undefined);
    // A shorter file is a new one.
    if (sizeOf(path) < position) position = 0;
    const text = rest + readFrom(path, position);
    position += Buffer.byteLength(text) - Buffer.byteLength(rest);
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    for (const line of linesOf(text.slice(0, end))) if (isWanted(line, query)) yield line;
  }
}

function linesOf(text: string): LogLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, time = '', level = '', component = '', message = line] = lineForm.exec(line) ?? [];
      return { time, level, component, message, text: line };
    });
}

function isWanted({ time, component }: LogLine, query: LogQuery): boolean {
  if (query.component !== undefined && component !== query.component) return false;
  return query.since === undefined || (time !== '' && Date.parse(time) >= query.since);
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

function readFrom(path: string, position: number): string {
  if (!existsSync(path)) return '';
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - position));
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, position));
  } finally {
    closeSync(descriptor);
  }
}
