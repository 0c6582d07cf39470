import { type JsonObject, type JsonValue, numberOf, stringifyJson } from '../entity/json.js';
import { messages } from '../entity/messages.js';
import { FeedRefusal } from './feed-refusal.js';

/** Begin and end of a schedule in epoch milliseconds. */
export interface GivenDates {
  readonly startDate?: number;
  readonly stopDate?: number;
}

/** Longest text that can be a date. */
const maxDateLength = 64;

/** Reads `startDate` and `stopDate` of the arguments, above what is stored. Throws FeedRefusal (openwhisk-api.md §15.2). */
export function parseDates(given: JsonObject, now: number, stored: GivenDates = {}): GivenDates {
  const startDate = optionalDate('startDate', given['startDate'], now) ?? stored.startDate;
  const stopDate = optionalDate('stopDate', given['stopDate'], now) ?? stored.stopDate;
  if (startDate !== undefined && stopDate !== undefined && stopDate <= startDate) {
    throw new FeedRefusal(messages.stopBeforeStart(shown(given['stopDate'] ?? stopDate)));
  }
  return { ...(startDate === undefined ? {} : { startDate }), ...(stopDate === undefined ? {} : { stopDate }) };
}

/** Epoch milliseconds of a date after `now`, given as such or as ISO 8601 text. Throws FeedRefusal. */
export function parseDate(name: string, value: JsonValue, now: number): number {
  const time = typeof value === 'string' ? timeIn(value) : numberOf(value);
  const date = new Date(time ?? NaN).getTime();
  if (Number.isNaN(date)) throw new FeedRefusal(messages.dateInvalid(name, shown(value)));
  if (date <= now) throw new FeedRefusal(messages.dateInPast(name, shown(value)));
  return date;
}

function optionalDate(name: string, value: JsonValue | undefined, now: number): number | undefined {
  return value === undefined || value === null || value === '' ? undefined : parseDate(name, value, now);
}

/** Digits alone are milliseconds, as command lines may send them. */
function timeIn(text: string): number {
  if (text.length > maxDateLength) return NaN;
  return /^\d{5,}$/.test(text) ? Number(text) : Date.parse(text);
}

function shown(value: JsonValue): string {
  return (typeof value === 'string' ? value : stringifyJson(value)).slice(0, maxDateLength);
}
