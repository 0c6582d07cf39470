import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import type { Alarm } from './alarm.js';
import type { AlarmBook } from './alarm-book.js';
import { afterAnswer, afterFire, realigned } from './alarm-schedule.js';
import type { AlarmTriggers } from './alarm-triggers.js';

/** Longest sleep in milliseconds: so soon a jump of the wall clock is noticed (RS-128). */
const maxSleep = 30_000;

/** Milliseconds by which the wall clock may lag behind the monotonic one before it counts as set back. */
const tolerance = 1_000;

/**
 * Fires what is due. What fell due several times since the last look, because the platform did not run or the clock jumped, fires once
 * (RS-128). The next fire is stored before a fire: a crash in between loses one and never repeats one.
 */
export class AlarmClock {
  private started = false;
  private cancel: () => void = () => undefined;
  private firing: Promise<void> | undefined;
  /** Wall clock less monotonic clock at the last look. */
  private offset: number;

  constructor(
    private readonly deps: {
      readonly book: AlarmBook;
      readonly triggers: AlarmTriggers;
      readonly clock: Clock;
      readonly log: Log;
    },
  ) {
    this.offset = this.currentOffset();
  }

  /** Reads the alarms of earlier platforms. */
  load(): Promise<void> {
    return this.deps.book.load();
  }

  /** Fires from now on. To be called when the platform serves. */
  async start(): Promise<void> {
    this.started = true;
    this.deps.book.watch(() => {
      this.sleep();
    });
    await this.realign();
    this.sleep();
  }

  /** Fires nothing more; resolves when no fire is under way. */
  async stop(): Promise<void> {
    this.started = false;
    this.cancel();
    await this.firing;
  }

  /** Whether alarms will fire: a reason to stay although nobody asks anything. */
  get isWaiting(): boolean {
    return this.deps.book.active().length > 0;
  }

  private sleep(): void {
    this.cancel();
    if (!this.started || this.firing !== undefined) return;
    const due = this.deps.book.active().map(({ state }) => state.due ?? Infinity);
    if (due.length === 0) return;
    const wait = Math.max(0, Math.min(maxSleep, Math.min(...due) - this.deps.clock.now()));
    this.cancel = this.deps.clock.after(wait, () => {
      this.firing = this.fireDue().finally(() => {
        this.firing = undefined;
        this.sleep();
      });
    });
  }

  private async fireDue(): Promise<void> {
    const offset = this.currentOffset();
    if (offset < this.offset - tolerance) await this.realign();
    this.offset = offset;
    const now = this.deps.clock.now();
    for (const alarm of this.deps.book.active()) {
      if (this.started && (alarm.state.due ?? Infinity) <= now) await this.fire(alarm, now);
    }
  }

  private async fire(alarm: Alarm, now: number): Promise<void> {
    const { book, triggers, log } = this.deps;
    const after = afterFire(alarm, now);
    if (!(await book.advance(alarm, after))) return;
    const { definition } = alarm;
    const status = await triggers.fire(alarm, definition.payload);
    const settled = afterAnswer(alarm, after, status, now);
    if (settled !== undefined) {
      log.warn('feeds', `the alarm of ${alarm.namespace}/${alarm.trigger} could not fire: ${String(status)}`);
      await book.advance(after, settled);
    } else if (definition.feed === 'once' && definition.deleteAfterFire !== 'false' && book.find(alarm) === after) {
      await triggers.remove(alarm, definition.deleteAfterFire === 'rules');
      await this.forget(alarm);
    }
  }

  private async forget(alarm: Alarm): Promise<void> {
    try {
      await this.deps.book.remove(alarm);
    } catch (error) {
      this.deps.log.error('feeds', `the alarm of ${alarm.namespace}/${alarm.trigger} could not be removed`, error);
    }
  }

  private async realign(): Promise<void> {
    const now = this.deps.clock.now();
    for (const alarm of this.deps.book.active()) {
      const moved = realigned(alarm, now);
      if (moved !== alarm) await this.deps.book.advance(alarm, moved);
    }
  }

  private currentOffset(): number {
    return this.deps.clock.now() - this.deps.clock.monotonic();
  }
}
