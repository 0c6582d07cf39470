import { optionalValueFlag } from './optional-value.js';
import { invalidValue, parseDuration } from './units.js';

/** Milliseconds of a bare `--wait`: 10 minutes (§11.1). */
const defaultWait = 600_000;

/** `--wait`, alone or with a duration. */
export const waitFlag = (options: { readonly summary: string }) =>
  optionalValueFlag({
    ...options,
    helpValue: 'DURATION',
    optionalValue: { bare: '', takes: (word) => parseDuration(word) !== undefined },
  });

/** The `wait` that a parsed `--wait` stands for, in milliseconds; nothing without the flag. Throws UsageError. */
export function waitOf(value: string | undefined): { readonly wait?: number } {
  if (value === undefined) return {};
  if (value === '') return { wait: defaultWait };
  const wait = parseDuration(value);
  if (wait === undefined) {
    throw invalidValue(value, 'wait', 'a number of milliseconds (60000) or a duration such as 90s or 1.5m');
  }
  return { wait };
}
