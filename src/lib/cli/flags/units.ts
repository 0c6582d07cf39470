import { custom } from '@oclif/core/flags';
import { UsageError } from '../../errors/client-errors.js';

const millisecondsOf: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const megabytesOf: Readonly<Record<string, number>> = { mb: 1, m: 1, gb: 1024, g: 1024 };

function amount(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const [, digits, unit = ''] = match ?? [];
  if (digits === undefined) return undefined;
  const factor = unit === '' ? 1 : units[unit.toLowerCase()];
  if (factor === undefined) return undefined;
  const result = Number(digits) * factor;
  return Number.isSafeInteger(result) ? result : undefined;
}

/** A duration in milliseconds: a bare number, or with a unit such as `90s` or `1.5m` (C-32). Undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  return amount(text, millisecondsOf);
}

/** A size in MB: a bare number, or with a unit such as `512MB` or `1GB` (C-32). Undefined when it is none. */
export function parseSize(text: string): number | undefined {
  return amount(text, megabytesOf);
}

/** A whole number, 0 or more, in decimal digits. Undefined when it is none. */
export function parseWhole(text: string): number | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const result = Number(text);
  return Number.isSafeInteger(result) ? result : undefined;
}

/** A moment in epoch milliseconds: epoch ms, ISO 8601, or a duration ago such as `5m` (C-32). Undefined when it is none. */
export function parseMoment(text: string, now: number): number | undefined {
  if (/^\d+$/.test(text)) return parseWhole(text);
  const ago = parseDuration(text);
  if (ago !== undefined) return now - ago;
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

/** The error of C-55 for a value that cannot be read. */
export function invalidValue(value: string, flag: string, expected: string): UsageError {
  return new UsageError(`Invalid value '${value}' for --${flag}: expected ${expected}`);
}

function required(parsed: number | undefined, text: string, flag: string, expected: string): Promise<number> {
  if (parsed === undefined) return Promise.reject(invalidValue(text, flag, expected));
  return Promise.resolve(parsed);
}

/** A flag with a duration; the parsed value is in milliseconds. */
export const durationFlag = custom<number>({
  helpValue: 'DURATION',
  parse: (text, _command, flag) =>
    required(
      parseDuration(text),
      text,
      flag.name,
      'a number of milliseconds (60000) or a duration such as 90s or 1.5m',
    ),
});

/** A flag with an amount of memory; the parsed value is in MB. */
export const sizeFlag = custom<number>({
  helpValue: 'SIZE',
  parse: (text, _command, flag) =>
    required(parseSize(text), text, flag.name, 'a number of MB (256) or a size such as 512MB'),
});

/** A flag with a whole number, 0 or more. */
export const wholeFlag = custom<number>({
  helpValue: 'NUMBER',
  parse: (text, _command, flag) => required(parseWhole(text), text, flag.name, 'a whole number, 0 or more'),
});
