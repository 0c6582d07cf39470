import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/lib/entity/json.js';
import type { Alarm, AlarmDefinition } from '../../src/lib/feeds/alarm.js';
import { AlarmBook, type AlarmKey } from '../../src/lib/feeds/alarm-book.js';
import { AlarmClock } from '../../src/lib/feeds/alarm-clock.js';
import { firstDue } from '../../src/lib/feeds/alarm-schedule.js';
import { MemoryAlarmStore } from '../helpers/memory-alarm-store.js';
import { RecordingLog } from '../helpers/recording-log.js';
import { VirtualClock } from '../helpers/virtual-clock.js';

const minute = 60_000;
const day = 24 * 60 * minute;
const begin = Date.parse('2024-01-10T12:00:00Z');
const everyMinute: AlarmDefinition = { feed: 'alarm', payload: { a: 1 }, cron: '* * * * *', timezone: 'UTC' };
const every = (minutes: number): AlarmDefinition => ({
  feed: 'interval',
  payload: {},
  minutes,
  startDate: begin + minute,
});
const key: AlarmKey = { namespace: 'ns', trigger: 't' };

/** An alarm clock with triggers that only count. */
class Bench {
  readonly clock = new VirtualClock(begin);
  readonly log = new RecordingLog();
  readonly fires: { readonly trigger: string; readonly at: number; readonly payload: JsonObject }[] = [];
  readonly removed: [AlarmKey['trigger'], boolean][] = [];
  status = 202;
  book: AlarmBook;
  alarms: AlarmClock;

  constructor(readonly store = new MemoryAlarmStore()) {
    [this.book, this.alarms] = this.build();
  }

  async start(): Promise<this> {
    await this.alarms.load();
    await this.alarms.start();
    return this;
  }

  /** As another process would: nothing in memory is kept. */
  async restart(): Promise<void> {
    await this.alarms.stop();
    [this.book, this.alarms] = this.build();
    await this.start();
  }

  set(definition: AlarmDefinition, place = key): Promise<void> {
    const now = this.clock.now();
    const state = { due: firstDue(definition, now) ?? null, fired: 0, dateChanged: now, reason: null };
    return this.book.put({ ...place, definition, state });
  }

  get state(): Alarm['state'] | undefined {
    return this.book.find(key)?.state;
  }

  private build(): [AlarmBook, AlarmClock] {
    const { clock, log, store } = this;
    const book = new AlarmBook({ store, log });
    const triggers = {
      fire: ({ trigger }: AlarmKey, payload: JsonObject) => {
        this.fires.push({ trigger, at: clock.now(), payload });
        return Promise.resolve(this.status);
      },
      remove: ({ trigger }: AlarmKey, withRules: boolean) => {
        this.removed.push([trigger, withRules]);
        return Promise.resolve();
      },
    };
    return [book, new AlarmClock({ book, triggers, clock, log })];
  }
}

describe('AlarmClock', () => {
  it('fires each alarm when it is due, with its payload', async () => {
    const bench = await new Bench().start();
    await bench.set(everyMinute);
    await bench.set(every(2), { namespace: 'ns', trigger: 'u' });
    await bench.clock.advance(3 * minute);
    const at = (trigger: string): number[] =>
      bench.fires.filter((fire) => fire.trigger === trigger).map((fire) => fire.at - begin);
    assert.deepEqual(at('t'), [minute, 2 * minute, 3 * minute]);
    assert.deepEqual(at('u'), [minute, 3 * minute]);
    assert.deepEqual(bench.fires[0]?.payload, { a: 1 });
  });

  it('fires nothing before it is started and after it was stopped', async () => {
    const bench = new Bench();
    await bench.set(everyMinute);
    await bench.clock.advance(2 * minute);
    assert.equal(bench.fires.length, 0);
    await bench.alarms.start();
    await bench.clock.advance(0);
    assert.equal(bench.fires.length, 1);
    await bench.alarms.stop();
    await bench.clock.advance(2 * minute);
    assert.equal(bench.fires.length, 1);
  });

  it('fires once after a restart for all that fell due meanwhile, then goes on', async () => {
    const bench = await new Bench().start();
    await bench.set(everyMinute);
    await bench.alarms.stop();
    await bench.clock.advance(day);
    await bench.restart();
    await bench.clock.advance(1);
    assert.equal(bench.fires.length, 1);
    await bench.clock.advance(2 * minute);
    assert.equal(bench.fires.length, 3);
  });

  it('stores the next fire before it fires, so that a crash repeats nothing', async () => {
    const bench = await new Bench().start();
    await bench.set(everyMinute);
    await bench.clock.advance(minute);
    const stored = JSON.parse(bench.store.alarms.get('ns/t')?.document ?? '{}') as Alarm;
    assert.deepEqual([stored.state.due, stored.state.fired], [begin + 2 * minute, 1]);
  });

  for (const jump of [400 * day, -30 * 365 * day, 3 * minute, -3 * minute]) {
    it(`RS-128 fires at most once for a jump of the wall clock by ${String(jump / minute)} minutes, and goes on`, async () => {
      const bench = await new Bench().start();
      await bench.set(everyMinute);
      await bench.set(every(2), { namespace: 'ns', trigger: 'u' });
      await bench.clock.advance(minute);
      bench.fires.length = 0;
      bench.clock.jump(jump);
      await bench.clock.advance(30_000);
      const count = (trigger: string): number => bench.fires.filter((fire) => fire.trigger === trigger).length;
      assert.ok(count('t') <= 1 && count('u') <= 1, 'one fire at most');
      bench.fires.length = 0;
      await bench.clock.advance(10 * minute);
      assert.ok(count('t') >= 9 && count('t') <= 11, `${String(count('t'))} fires in 10 minutes`);
      assert.ok(count('u') >= 4 && count('u') <= 6, `${String(count('u'))} fires in 10 minutes`);
    });
  }

  it('is switched off by a trigger that is gone; other refusals are tried again', async () => {
    const bench = await new Bench().start();
    const once: AlarmDefinition = { feed: 'once', payload: {}, date: begin + minute, deleteAfterFire: 'true' };
    await bench.set(once);
    bench.status = 429;
    await bench.clock.advance(minute);
    assert.deepEqual([bench.state?.due, bench.state?.fired, bench.removed.length], [begin + 2 * minute, 0, 0]);
    bench.status = 404;
    await bench.clock.advance(minute);
    assert.equal(bench.state?.due, null);
    assert.match(bench.state.reason ?? '', /404/);
    assert.equal(bench.alarms.isWaiting, false);
    await bench.clock.advance(day);
    assert.equal(bench.fires.length, 2);
  });

  for (const deleteAfterFire of ['true', 'rules', 'false'] as const) {
    it(`does what deleteAfterFire ${deleteAfterFire} says`, async () => {
      const bench = await new Bench().start();
      await bench.set({ feed: 'once', payload: {}, date: begin + 1, deleteAfterFire });
      await bench.clock.advance(1);
      assert.deepEqual(bench.removed, deleteAfterFire === 'false' ? [] : [['t', deleteAfterFire === 'rules']]);
      assert.equal(
        bench.state?.reason,
        deleteAfterFire === 'false' ? 'Automatically disabled after firing once' : undefined,
      );
      assert.equal(bench.store.alarms.size, deleteAfterFire === 'false' ? 1 : 0);
    });
  }

  it('goes on when the disk is full, and leaves alone what it cannot read (RS-110)', async () => {
    const bench = new Bench();
    await bench.store.put({ namespace: 'ns', trigger: 'bad', document: '{' });
    await bench.store.put({ namespace: 'ns', trigger: 'worse', document: '{"definition":{"feed":"x"}}' });
    const broken = {
      definition: { ...everyMinute, cron: 'x' },
      state: { due: 1, fired: 0, dateChanged: 1, reason: null },
    };
    await bench.store.put({ namespace: 'ns', trigger: 'worst', document: JSON.stringify(broken) });
    await bench.start();
    assert.equal(bench.log.lines.length, 3);
    await bench.set(everyMinute);
    bench.store.put = () => Promise.reject(new Error('disk full'));
    await bench.clock.advance(2 * minute);
    assert.equal(bench.fires.length, 2);
  });
});
