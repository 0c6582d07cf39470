import { isJsonObject, type JsonObject, parseJson } from '../entity/json.js';

/** The feeds of `/whisk.system/alarms` (openwhisk-api.md §15.2). */
export const feedNames = ['alarm', 'once', 'interval'] as const;

/** One of them. */
export type AlarmFeedName = (typeof feedNames)[number];

/** Fires when a cron pattern says so. Dates are epoch milliseconds here and below. */
export interface CronAlarm {
  readonly feed: 'alarm';
  readonly payload: JsonObject;
  readonly cron: string;
  /** IANA name. */
  readonly timezone: string;
  readonly startDate?: number;
  readonly stopDate?: number;
  /** Most fires; absent: no bound. */
  readonly maxTriggers?: number;
  /**
   * As the user gave it, to be shown again. It changes nothing: the reference spreads alarms that are not strict over the minute, and here
   * every alarm fires when it is due, whether a rule listens or not, and fires once for what it missed.
   */
  readonly strict?: boolean;
}

/** What goes after the fire of an alarm that fires once: nothing, the trigger, or the trigger and its rules. */
export type DeleteAfterFire = 'false' | 'true' | 'rules';

/** Fires at a date. */
export interface OnceAlarm {
  readonly feed: 'once';
  readonly payload: JsonObject;
  readonly date: number;
  readonly deleteAfterFire: DeleteAfterFire;
}

/** Fires every so many minutes. */
export interface IntervalAlarm {
  readonly feed: 'interval';
  readonly payload: JsonObject;
  readonly minutes: number;
  /** The first fire. */
  readonly startDate: number;
  readonly stopDate?: number;
}

/** What the user asked for. */
export type AlarmDefinition = CronAlarm | OnceAlarm | IntervalAlarm;

/** What became of it so far. */
export interface AlarmState {
  /** Epoch milliseconds of the next fire; `null` when there will be none. */
  readonly due: number | null;
  readonly fired: number;
  /** Epoch milliseconds at which the alarm was last switched on or off. */
  readonly dateChanged: number;
  /** Why it was switched off; `null` while it is on. */
  readonly reason: string | null;
}

/** An alarm of a trigger. */
export interface Alarm {
  readonly namespace: string;
  readonly trigger: string;
  readonly definition: AlarmDefinition;
  readonly state: AlarmState;
}

/** Definition and state from a stored document; undefined when it is none. */
export function parseAlarmDocument(text: string): Pick<Alarm, 'definition' | 'state'> | undefined {
  const document = parseJson(text);
  if (!isJsonObject(document)) return undefined;
  const { definition, state } = document;
  if (!isJsonObject(definition) || !isJsonObject(state) || !isJsonObject(definition['payload'])) return undefined;
  const due = state['due'];
  if (!feedNames.some((name) => name === definition['feed'])) return undefined;
  if (typeof state['fired'] !== 'number' || (due !== null && typeof due !== 'number')) return undefined;
  return document as unknown as Pick<Alarm, 'definition' | 'state'>;
}
