import type { Clock } from '../entity/clock.js';

/** Milliseconds for which a caller is held at most: where the jobs are slow, holding it would not help. */
const longestHold = 100;

/**
 * Callers whose activation was accepted but who get their answer only when a job has left the crowded queue: who outruns the pool is slowed
 * down to its pace before he is refused. Else more requests are refused with 429 than are run, and those cost as much (RS-165, P-28).
 */
export class HeldCallers {
  private readonly waiting = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  /** Resolves when it is this caller's turn, in the order of arrival, or at the latest after 100 ms. */
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

  /** Lets the first one go. */
  releaseOne(): void {
    if (this.waiting.size === 0) return;
    const [first] = this.waiting;
    first?.();
  }
}
