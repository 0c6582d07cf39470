import assert from 'node:assert/strict';
import type { Alarm, AlarmDefinition } from '../../src/lib/feeds/alarm.js';
import { afterAnswer, afterFire, firstDue, realigned } from '../../src/lib/feeds/alarm-schedule.js';
import { isCronPattern } from '../../src/lib/feeds/cron-schedule.js';

const minute = 60_000;
const at = (text: string): number => Date.parse(`${text}Z`);
const cron = (pattern: string, more: object = {}): AlarmDefinition => ({
  feed: 'alarm',
  payload: {},
  cron: pattern,
  timezone: 'UTC',
  ...more,
});
const every = (minutes: number, startDate: number, more: object = {}): AlarmDefinition => ({
  feed: 'interval',
  payload: {},
  minutes,
  startDate,
  ...more,
});
const once = (date: number): AlarmDefinition => ({ feed: 'once', payload: {}, date, deleteAfterFire: 'false' });
const alarm = (definition: AlarmDefinition, due: number, fired = 0): Alarm => ({
  namespace: 'ns',
  trigger: 't',
  definition,
  state: { due, fired, dateChanged: 1, reason: null },
});

describe('the schedule of an alarm', () => {
  const noon = at('2024-01-10T12:00:00');
  const first: readonly (readonly [string, AlarmDefinition, number | undefined])[] = [
    ['the next full minute', cron('* * * * *'), noon + minute],
    ['seconds, with a sixth field', cron('*/5 * * * * *'), noon + 5_000],
    ['a time of day in its time zone', cron('0 9 * * *', { timezone: 'Asia/Tokyo' }), at('2024-01-11T00:00:00')],
    ['a day of the week', cron('30 8 * * 1'), at('2024-01-15T08:30:00')],
    [
      'the begin itself, when the pattern hits it',
      cron('0 15 * * *', { startDate: noon + 180 * minute }),
      noon + 180 * minute,
    ],
    ['not before its begin', cron('0 15 * * *', { startDate: noon + 181 * minute }), at('2024-01-11T15:00:00')],
    ['not after its end', cron('0 15 * * *', { stopDate: noon + minute }), undefined],
    ['its end itself', cron('* * * * *', { stopDate: noon + minute }), noon + minute],
    ['the date of an alarm that fires once', once(noon + 7), noon + 7],
    ['the begin of an interval', every(5, noon + 9), noon + 9],
    ['no interval after its end', every(5, noon + 9, { stopDate: noon + 8 }), undefined],
  ];
  for (const [title, definition, expected] of first) {
    it(`fires first at ${title}`, () => {
      assert.equal(firstDue(definition, noon), expected);
    });
  }

  const next: readonly (readonly [string, Alarm, number, number | null, string | null])[] = [
    ['a minute later', alarm(cron('* * * * *'), noon), noon, noon + minute, null],
    ['at the next beat of an interval', alarm(every(5, noon), noon), noon + 3, noon + 5 * minute, null],
    [
      'once for all that was missed, in the same beat',
      alarm(every(5, noon), noon),
      noon + 12 * minute,
      noon + 15 * minute,
      null,
    ],
    ['no more after a date', alarm(once(noon), noon), noon, null, 'Automatically disabled after firing once'],
    [
      'no more after its end',
      alarm(every(5, noon, { stopDate: noon + minute }), noon),
      noon,
      null,
      'Automatically disabled after reaching stop date',
    ],
    [
      'no more than maxTriggers',
      alarm(cron('* * * * *', { maxTriggers: 3 }), noon, 2),
      noon,
      null,
      'Automatically disabled after reaching max triggers',
    ],
  ];
  for (const [title, before, now, due, reason] of next) {
    it(`fires ${title}`, () => {
      const { state } = afterFire(before, now);
      assert.deepEqual([state.due, state.reason, state.fired], [due, reason, before.state.fired + 1]);
    });
  }

  it('is switched off when the trigger is gone or not ours, and tries again when the platform could not', () => {
    const before = alarm(cron('0 * * * *'), noon);
    const after = afterFire(before, noon);
    assert.equal(afterAnswer(before, after, 202, noon), undefined);
    assert.equal(afterAnswer(before, after, 204, noon), undefined);
    for (const status of [401, 403, 404]) {
      const reason = `Automatically disabled after receiving a ${String(status)} status code when firing the trigger`;
      assert.deepEqual(afterAnswer(before, after, status, noon)?.state, {
        due: null,
        fired: 1,
        dateChanged: noon,
        reason,
      });
    }
    for (const status of [429, 500, 503]) {
      assert.deepEqual(afterAnswer(before, after, status, noon)?.state, { ...before.state, due: noon + minute });
    }
    assert.equal(afterAnswer(alarm(once(noon), noon), alarm(once(noon), noon), 503, noon)?.state.fired, 0);
  });

  it('waits no longer than its period after the wall clock was set back (RS-128)', () => {
    const past = at('1994-01-10T12:00:30');
    assert.equal(realigned(alarm(cron('* * * * *'), noon), past).state.due, at('1994-01-10T12:01:00'));
    assert.equal(realigned(alarm(every(5, noon), noon, 1), past).state.due, past + 5 * minute);
    assert.equal(realigned(alarm(every(5, noon), noon), past).state.due, noon);
    assert.equal(realigned(alarm(once(noon), noon), past).state.due, noon);
    assert.equal(realigned(alarm(cron('* * * * *'), past), noon).state.due, past);
  });

  it('takes 5 or 6 fields that some day fire, of bounded length (RS-208)', () => {
    for (const pattern of ['* * * * *', '0 0 29 2 *', '*/15 9-17 * * MON-FRI', '0 */5 * * * *']) {
      assert.equal(isCronPattern(pattern, noon), true, pattern);
    }
    const bad = ['', '* * * *', '* * * * * * *', '60 * * * *', '@hourly', '*/0 * * * *', '0 0 30 2 *', 'x y z a b'];
    for (const pattern of [...bad, `${'0,'.repeat(500_000)}0 * * * *`, '* '.repeat(500_000)]) {
      assert.equal(isCronPattern(pattern, noon), false, pattern.slice(0, 20));
    }
  });
});
