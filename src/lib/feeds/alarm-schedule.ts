import { messages } from '../entity/messages.js';
import type { Alarm, AlarmDefinition, AlarmState } from './alarm.js';
import { nextCronFire } from './cron-schedule.js';

const minute = 60_000;

/** Milliseconds after which a fire that the platform could not take is tried again. */
const retryAfter = minute;

/** What the answer to a fire means: the trigger is gone, or not ours any more (openwhisk-api.md §15.1). */
const refusals: readonly number[] = [401, 403, 404, 409];

/** The first fire of a definition after `now`; undefined when there is none before its stop date. */
export function firstDue(definition: AlarmDefinition, now: number): number | undefined {
  switch (definition.feed) {
    case 'alarm':
      return beforeStop(definition, nextCronFire(definition, Math.max(now, (definition.startDate ?? 0) - 1)));
    case 'once':
      return definition.date;
    case 'interval':
      return beforeStop(definition, definition.startDate);
  }
}

/** The fire after one that was due at `due`: what was missed meanwhile is not made up for (RS-128). */
function nextDue(definition: AlarmDefinition, due: number, now: number): number | undefined {
  switch (definition.feed) {
    case 'alarm':
      return firstDue(definition, now);
    case 'once':
      return undefined;
    case 'interval': {
      const period = definition.minutes * minute;
      const periods = Math.max(1, Math.floor((now - due) / period) + 1);
      return beforeStop(definition, due + periods * period);
    }
  }
}

/** The alarm after it fired at `now`, before the trigger has answered. */
export function afterFire({ definition, state, ...place }: Alarm, now: number): Alarm {
  const fired = state.fired + 1;
  const exhausted = definition.feed === 'alarm' && fired >= (definition.maxTriggers ?? Infinity);
  const due = exhausted ? undefined : nextDue(definition, state.due ?? now, now);
  if (due !== undefined) return { ...place, definition, state: { ...state, due, fired } };
  const reason = exhausted
    ? messages.alarmExhausted
    : definition.feed === 'once'
      ? messages.alarmFired
      : messages.alarmStopped;
  return { ...place, definition, state: switchedOff(reason, fired, now) };
}

/**
 * What the answer to a fire changes: undefined for nothing, as after 202 and 204. `before` is the alarm before the fire, so that a fire
 * that the platform could not take is tried again.
 */
export function afterAnswer(before: Alarm, after: Alarm, status: number, now: number): Alarm | undefined {
  if (status < 400) return undefined;
  if (refusals.includes(status)) {
    return { ...after, state: switchedOff(messages.alarmRefused(status), after.state.fired, now) };
  }
  const due = Math.min(after.state.due ?? Infinity, now + retryAfter);
  return { ...before, state: { ...before.state, due } };
}

/** The alarm after the wall clock was set back: nothing waits longer than it would have (RS-128). */
export function realigned(alarm: Alarm, now: number): Alarm {
  const { definition, state } = alarm;
  if (state.due === null || state.due <= now) return alarm;
  if (definition.feed === 'alarm') return withDue(alarm, firstDue(definition, now) ?? state.due);
  if (definition.feed === 'interval' && state.fired > 0) {
    return withDue(alarm, Math.min(state.due, now + definition.minutes * minute));
  }
  return alarm;
}

function withDue(alarm: Alarm, due: number): Alarm {
  return due === alarm.state.due ? alarm : { ...alarm, state: { ...alarm.state, due } };
}

function switchedOff(reason: string, fired: number, now: number): AlarmState {
  return { due: null, fired, dateChanged: now, reason };
}

function beforeStop({ stopDate }: { readonly stopDate?: number }, due: number | undefined): number | undefined {
  return due === undefined || due > (stopDate ?? Infinity) ? undefined : due;
}
