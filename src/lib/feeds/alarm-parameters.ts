import { isJsonObject, type JsonObject, type JsonValue, numberOf, parseJson, stringifyJson } from '../entity/json.js';
import { messages } from '../entity/messages.js';
import type { AlarmDefinition, AlarmFeedName, CronAlarm, DeleteAfterFire, IntervalAlarm, OnceAlarm } from './alarm.js';
import { firstDue } from './alarm-schedule.js';
import { isCronPattern, isTimezone } from './cron-schedule.js';
import { type GivenDates, parseDate, parseDates } from './alarm-dates.js';
import { FeedRefusal } from './feed-refusal.js';

/** Milliseconds until the first fire of an interval without a start date. */
const intervalDelay = 30_000;

/** The parameters that an `UPDATE` may change, by feed. */
const updatable: Readonly<Record<AlarmFeedName, readonly string[]>> = {
  alarm: ['cron', 'timezone', 'startDate', 'stopDate', 'maxTriggers', 'strict', 'trigger_payload'],
  once: ['date', 'deleteAfterFire', 'trigger_payload'],
  interval: ['minutes', 'startDate', 'stopDate', 'trigger_payload'],
};

/** Reads the arguments of `CREATE`; `now` in epoch milliseconds. Throws FeedRefusal with the texts of openwhisk-api.md §15.2. */
export function parseAlarm(feed: AlarmFeedName, given: JsonObject, now: number): AlarmDefinition {
  return checked(readDefinition(feed, given, now), now);
}

/** Reads the arguments of `UPDATE`: what is not given stays. Throws FeedRefusal. */
export function parseAlarmUpdate(stored: AlarmDefinition, given: JsonObject, now: number): AlarmDefinition {
  if (!updatable[stored.feed].some((name) => isGiven(given[name]))) throw new FeedRefusal(messages.nothingToUpdate);
  return checked(readDefinition(stored.feed, given, now, stored), now);
}

function readDefinition(
  feed: AlarmFeedName,
  given: JsonObject,
  now: number,
  stored?: AlarmDefinition,
): AlarmDefinition {
  switch (feed) {
    case 'alarm':
      return readCronAlarm(given, now, stored?.feed === 'alarm' ? stored : undefined);
    case 'once':
      return readOnceAlarm(given, now, stored?.feed === 'once' ? stored : undefined);
    case 'interval':
      return readIntervalAlarm(given, now, stored?.feed === 'interval' ? stored : undefined);
  }
}

function readCronAlarm(given: JsonObject, now: number, stored?: CronAlarm): CronAlarm {
  const cron = isGiven(given['cron']) ? parseCron(given['cron'], now) : stored?.cron;
  if (cron === undefined) throw new FeedRefusal(messages.cronMissing);
  const { startDate, stopDate } = parseDates(given, now, stored);
  const maxTriggers = parseMaxTriggers(given['maxTriggers']) ?? stored?.maxTriggers;
  const strict = parseStrict(given['strict']) ?? stored?.strict;
  if (maxTriggers !== undefined && stopDate !== undefined) throw new FeedRefusal(messages.maxTriggersWithStopDate);
  return {
    feed: 'alarm',
    payload: parsePayload(given['trigger_payload'], stored?.payload),
    cron,
    timezone: isGiven(given['timezone']) ? parseTimezone(given['timezone']) : (stored?.timezone ?? 'UTC'),
    ...(startDate === undefined ? {} : { startDate }),
    ...(stopDate === undefined ? {} : { stopDate }),
    ...(maxTriggers === undefined ? {} : { maxTriggers }),
    ...(strict === undefined ? {} : { strict }),
  };
}

function readOnceAlarm(given: JsonObject, now: number, stored?: OnceAlarm): OnceAlarm {
  // A date that has passed is no date to fire at, also when it is kept.
  const value: JsonValue | undefined = isGiven(given['date']) ? given['date'] : stored?.date;
  if (value === undefined) throw new FeedRefusal(messages.dateMissing);
  return {
    feed: 'once',
    payload: parsePayload(given['trigger_payload'], stored?.payload),
    date: parseDate('date', value, now),
    deleteAfterFire: parseDeleteAfterFire(given['deleteAfterFire']) ?? stored?.deleteAfterFire ?? 'false',
  };
}

function readIntervalAlarm(given: JsonObject, now: number, stored?: IntervalAlarm): IntervalAlarm {
  const minutes = isGiven(given['minutes']) ? parseMinutes(given['minutes']) : stored?.minutes;
  if (minutes === undefined) throw new FeedRefusal(messages.minutesMissing);
  const dates: GivenDates = parseDates(given, now, stored);
  return {
    feed: 'interval',
    payload: parsePayload(given['trigger_payload'], stored?.payload),
    minutes,
    startDate: dates.startDate ?? now + intervalDelay,
    ...(dates.stopDate === undefined ? {} : { stopDate: dates.stopDate }),
  };
}

function checked(definition: AlarmDefinition, now: number): AlarmDefinition {
  if (firstDue(definition, now) === undefined) throw new FeedRefusal(messages.fireAfterStopDate);
  return definition;
}

function parseCron(value: JsonValue | undefined, now: number): string {
  if (typeof value !== 'string' || !isCronPattern(value, now)) {
    throw new FeedRefusal(messages.cronInvalid(shown(value)));
  }
  return value;
}

function parseTimezone(value: JsonValue | undefined): string {
  if (typeof value !== 'string' || !isTimezone(value)) throw new FeedRefusal(messages.timezoneInvalid(shown(value)));
  return value;
}

/** `-1` means no bound, as in the reference. */
function parseMaxTriggers(value: JsonValue | undefined): number | undefined {
  if (!isGiven(value)) return undefined;
  const count = integerOf(value);
  if (count === -1) return undefined;
  if (count === undefined || count < 1) throw new FeedRefusal(messages.maxTriggersInvalid);
  return count;
}

function parseMinutes(value: JsonValue | undefined): number {
  const minutes = integerOf(value);
  if (minutes === undefined || !Number.isSafeInteger(minutes * 60_000)) {
    throw new FeedRefusal(messages.minutesNotInteger);
  }
  if (minutes < 1) throw new FeedRefusal(messages.minutesTooSmall);
  return minutes;
}

function parseStrict(value: JsonValue | undefined): boolean | undefined {
  if (!isGiven(value)) return undefined;
  const word = wordOf(value);
  if (word !== 'false' && word !== 'true') throw new FeedRefusal(messages.strictInvalid);
  return word === 'true';
}

function parseDeleteAfterFire(value: JsonValue | undefined): DeleteAfterFire | undefined {
  if (!isGiven(value)) return undefined;
  const word = wordOf(value);
  if (word !== 'false' && word !== 'true' && word !== 'rules') throw new FeedRefusal(messages.deleteAfterFireInvalid);
  return word;
}

/** A word or a boolean, in lower case; empty for all else. */
function wordOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.toLowerCase() : typeof value === 'boolean' ? String(value) : '';
}

/** An object, or text that is an object in JSON; all else is delivered as `payload` (openwhisk-api.md §15.2). */
function parsePayload(value: JsonValue | undefined, stored: JsonObject = {}): JsonObject {
  if (value === undefined || !isGiven(value)) return stored;
  if (isJsonObject(value)) return value;
  const read = typeof value === 'string' ? objectIn(value) : undefined;
  return read ?? { payload: value };
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Empty texts are what the package's parameters say when the user says nothing. */
function isGiven(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Numbers are also accepted as text, as command lines send them. */
function integerOf(value: JsonValue | undefined): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : numberOf(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

function shown(value: JsonValue | undefined): string {
  return (typeof value === 'string' ? value : stringifyJson(value ?? null)).slice(0, 200);
}
