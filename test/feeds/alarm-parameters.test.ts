import assert from 'node:assert/strict';
import { type JsonObject, parseJson, stringifyJson } from '../../src/lib/entity/json.js';
import type { AlarmFeedName } from '../../src/lib/feeds/alarm.js';
import { parseAlarm, parseAlarmUpdate } from '../../src/lib/feeds/alarm-parameters.js';

const now = Date.parse('2024-01-10T12:00:00Z');
const hour = 3_600_000;
const soon = now + hour;
const cron = '* * * * *';

describe('the parameters of an alarm (§15.2)', () => {
  const read: readonly (readonly [string, AlarmFeedName, JsonObject, JsonObject])[] = [
    ['defaults', 'alarm', { cron, trigger_payload: '' }, { payload: {}, cron, timezone: 'UTC' }],
    [
      'dates as numbers and as text',
      'alarm',
      { cron, startDate: soon, stopDate: '2024-01-11T00:00:00Z', timezone: 'Europe/Berlin' },
      { payload: {}, cron, timezone: 'Europe/Berlin', startDate: soon, stopDate: now + 12 * hour },
    ],
    ['a bound', 'alarm', { cron, maxTriggers: '3' }, { payload: {}, cron, timezone: 'UTC', maxTriggers: 3 }],
    ['strict', 'alarm', { cron, strict: true }, { payload: {}, cron, timezone: 'UTC', strict: true }],
    ['strict as text', 'alarm', { cron, strict: 'False' }, { payload: {}, cron, timezone: 'UTC', strict: false }],
    ['no bound', 'alarm', { cron, maxTriggers: -1 }, { payload: {}, cron, timezone: 'UTC' }],
    ['a date', 'once', { date: soon }, { payload: {}, date: soon, deleteAfterFire: 'false' }],
    ['a boolean', 'once', { date: soon, deleteAfterFire: true }, { payload: {}, date: soon, deleteAfterFire: 'true' }],
    ['rules', 'once', { date: soon, deleteAfterFire: 'rules' }, { payload: {}, date: soon, deleteAfterFire: 'rules' }],
    ['an interval', 'interval', { minutes: 2 }, { payload: {}, minutes: 2, startDate: now + 30_000 }],
    ['minutes as text', 'interval', { minutes: '2', startDate: soon }, { payload: {}, minutes: 2, startDate: soon }],
  ];
  for (const [title, feed, given, expected] of read) {
    it(`reads ${title} (${feed})`, () => {
      assert.deepEqual(parseAlarm(feed, given, now), { feed, ...expected });
    });
  }

  const payloads: readonly (readonly [string, string])[] = [
    ['{"a":1}', '{"a":1}'],
    ['"{\\"a\\":12345678901234567890}"', '{"a":12345678901234567890}'],
    ['"hello"', '{"payload":"hello"}'],
    ['"[1]"', '{"payload":"[1]"}'],
    ['"{"', '{"payload":"{"}'],
    ['[1]', '{"payload":[1]}'],
    ['""', '{}'],
    ['{"__proto__":{"x":1}}', '{"__proto__":{"x":1}}'],
  ];
  for (const [given, expected] of payloads) {
    it(`delivers trigger_payload ${given} as ${expected}`, () => {
      const { payload } = parseAlarm('interval', { minutes: 1, trigger_payload: parseJson(given) }, now);
      assert.equal(stringifyJson(payload), expected);
    });
  }

  const refused: readonly (readonly [AlarmFeedName, JsonObject, string])[] = [
    ['alarm', {}, 'alarms trigger feed is missing the cron parameter'],
    ['alarm', { cron: 'x' }, "cron pattern 'x' is not valid"],
    ['alarm', { cron: 5 }, "cron pattern '5' is not valid"],
    ['alarm', { cron, timezone: 'Mars/X' }, "timezone 'Mars/X' is not valid"],
    [
      'alarm',
      { cron, maxTriggers: 1, stopDate: soon },
      'maxTriggers is not allowed when the stopDate parameter is specified',
    ],
    ['alarm', { cron, maxTriggers: 0 }, 'the maxTriggers parameter must be an integer greater than zero'],
    [
      'alarm',
      { cron: '0 0 1 1 *', stopDate: soon },
      'the first scheduled trigger fire is not until after the stop date',
    ],
    ['alarm', { cron, stopDate: 'soon' }, "stopDate parameter 'soon' is not a valid Date"],
    ['alarm', { cron, stopDate: now - 1 }, `stopDate parameter '${String(now - 1)}' must be in the future`],
    [
      'alarm',
      { cron, startDate: soon, stopDate: soon },
      `stopDate parameter '${String(soon)}' must be greater than the startDate`,
    ],
    ['alarm', { cron, strict: 1 }, 'strict parameter must be one of [false, true].'],
    ['once', {}, 'alarms once trigger feed is missing the date parameter'],
    ['once', { date: 1e300 }, "date parameter '1e+300' is not a valid Date"],
    ['once', { date: {} }, "date parameter '{}' is not a valid Date"],
    ['once', { date: now }, `date parameter '${String(now)}' must be in the future`],
    ['once', { date: soon, deleteAfterFire: 'x' }, 'deleteAfterFire parameter must be one of [false, true, rules].'],
    ['once', { date: soon, deleteAfterFire: 1 }, 'deleteAfterFire parameter must be one of [false, true, rules].'],
    ['interval', {}, 'interval trigger feed is missing the minutes parameter'],
    ['interval', { minutes: 1.5 }, 'the minutes parameter must be an integer'],
    ['interval', { minutes: 'x' }, 'the minutes parameter must be an integer'],
    ['interval', { minutes: 1e15 }, 'the minutes parameter must be an integer'],
    ['interval', { minutes: 0 }, 'the minutes parameter must be an integer greater than zero'],
    ['interval', { minutes: -1 }, 'the minutes parameter must be an integer greater than zero'],
    [
      'interval',
      { minutes: 1, stopDate: now + 1 },
      'the first scheduled trigger fire is not until after the stop date',
    ],
  ];
  for (const [feed, given, message] of refused) {
    it(`refuses ${stringifyJson(given)} (${feed}): ${message}`, () => {
      assert.throws(() => parseAlarm(feed, given, now), { name: 'FeedRefusal', message });
    });
  }

  it('keeps what an update does not give', () => {
    const stored = parseAlarm('alarm', { cron, timezone: 'Asia/Tokyo', trigger_payload: { a: 1 } }, now);
    assert.deepEqual(parseAlarmUpdate(stored, { cron: '0 * * * *' }, now), { ...stored, cron: '0 * * * *' });
    assert.deepEqual(parseAlarmUpdate(stored, { trigger_payload: 'x' }, now), { ...stored, payload: { payload: 'x' } });
  });

  it('refuses an update of nothing, and a date that has passed', () => {
    const stored = parseAlarm('once', { date: soon }, now);
    const nothing = { message: 'no updatable parameters were specified' };
    assert.throws(() => parseAlarmUpdate(stored, { cron, trigger_payload: '' }, now), nothing);
    assert.throws(() => parseAlarmUpdate(stored, { trigger_payload: 'x' }, soon + 1), /must be in the future/);
  });
});
