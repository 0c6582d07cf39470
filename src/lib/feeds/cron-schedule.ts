import { Cron } from 'croner';

/** Longest pattern that is looked at (RS-208). */
const maxPatternLength = 200;

/** Whether a text is a cron pattern of 5 fields, or 6 with leading seconds, that fires at some time after `now`. */
export function isCronPattern(pattern: string, now: number): boolean {
  if (pattern.length > maxPatternLength || ![5, 6].includes(pattern.trim().split(/\s+/).length)) return false;
  try {
    return nextCronFire({ cron: pattern, timezone: 'UTC' }, now) !== undefined;
  } catch {
    return false;
  }
}

/** Whether a text names a time zone that this machine knows. */
export function isTimezone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The first fire after `now`, both in epoch milliseconds; undefined when there is none. The pattern must be a sound one. */
export function nextCronFire(
  { cron, timezone }: { readonly cron: string; readonly timezone: string },
  now: number,
): number | undefined {
  const pattern = new Cron(cron, { timezone, paused: true, mode: '5-or-6-parts' });
  return pattern.nextRun(new Date(now))?.getTime();
}
