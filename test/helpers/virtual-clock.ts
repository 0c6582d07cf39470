import type { Clock } from '../../src/lib/entity/clock.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. Wall clock and monotonic clock can be moved apart. */
export class VirtualClock implements Clock {
  private elapsed = 0;
  private readonly timers = new Set<Timer>();

  /** `epoch` is the wall clock at the begin, in epoch milliseconds. */
  constructor(private epoch = 1_700_000_000_000) {}

  now(): number {
    return Math.round(this.epoch + this.elapsed);
  }

  monotonic(): number {
    return this.elapsed;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.elapsed + ms, callback };
    this.timers.add(timer);
    return () => {
      this.timers.delete(timer);
    };
  }

  /** Jumps of the wall clock alone, as by NTP. */
  jump(ms: number): void {
    this.epoch += ms;
  }

  /** Resolves `ms` of virtual time later. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Moves on by `ms`, calls what is due in order, and lets everything that follows from it happen. */
  async advance(ms: number): Promise<void> {
    const end = this.elapsed + ms;
    await settle();
    for (let timer = this.nextUntil(end); timer !== undefined; timer = this.nextUntil(end)) {
      this.timers.delete(timer);
      this.elapsed = timer.at;
      timer.callback();
      await settle();
    }
    this.elapsed = end;
  }

  private nextUntil(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.timers) if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer;
    return next;
  }
}

/** Lets all promises that can settle do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
