import type { Clock } from '../entity/clock.js';

/** Milliseconds for which a caller is held at most: where the jobs are slow, holding it would not help. */
const longestHold = 100;

/**
 * Callers whose activation was accepted but who get their answer only when the crowded queue has become short: who outruns the pool is slowed
 * down to its pace before he is refused. Else more requests are refused with 429 than are run, and those cost as much (RS-165). They go on
 * together, not one for each job: to accept many and then to run many takes a tenth less of the machine than both in turn (P-28).
 */
export class HeldCallers {
  private readonly waiting = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  /** Resolves when this caller may go on, or at the latest after 100 ms. */
  hold(): Promise<void> {
    return new Promise((resolve) => {
      const release = (): void => {
        this.waiting.delete(release);
        cancel();
        resolve();
      };
      const cancel = this.clock.after(longestHold, release);
      this.waiting.add(release);
    });
  }

  /** Lets some of them go, in the order of arrival. */
  release(amount: number): void {
    if (this.waiting.size === 0) return;
    for (const release of [...this.waiting].slice(0, amount)) release();
  }
}
