import { CLIError } from '@oclif/core/errors';
import { UsageError } from '../../errors/client-errors.js';

/** No argument of a process contains NUL, so it can mark a value that oclif's parser would take for a flag. */
const mark = '\u0000';

/** A flag's value as one word for oclif's parser: a value that begins with `-` is marked (C-4). Negative numbers need no mark. */
export function markValue(value: string): string {
  return value.startsWith('-') && value !== '-' && !/^-\d/.test(value) ? mark + value : value;
}

/** Takes the mark of {@link markValue} off a word. */
export function restoreValue(word: string): string {
  return word.startsWith(mark) ? word.slice(mark.length) : word;
}

/** Takes the marks of {@link markValue} off parsed flags. */
export function restoreValues(flags: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(flags)) {
    if (typeof value === 'string') flags[name] = restoreValue(value);
    if (Array.isArray(value)) {
      flags[name] = value.map((item: unknown) => (typeof item === 'string' ? restoreValue(item) : item));
    }
  }
}

/** oclif writes its own words around the message of an error that a flag's `parse` throws; this gives the original back. */
export function withoutParserPhrase(error: unknown): unknown {
  if (error instanceof UsageError) {
    const original = /^Parsing --\S+ \n\t([\s\S]*)\nSee more help with --help$/.exec(error.message)?.[1];
    if (original === undefined) return error;
    return new UsageError(original.replaceAll(mark, ''), { hint: error.hint, showUsage: true });
  }
  if (error instanceof CLIError) {
    const [line = ''] = error.message.split('\n');
    return new UsageError(line.replace(/^Parsing --\S+ $/, '').replaceAll(mark, ''), { showUsage: true });
  }
  return error;
}
