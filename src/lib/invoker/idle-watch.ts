import type { Clock } from '../entity/clock.js';

/** Calls back when the next idle container is due for something: one timer for the whole pool instead of one for each activation. */
export class IdleWatch {
  private due = Infinity;
  private cancel: (() => void) | undefined;

  /** `check` does what is due and returns the monotonic time of what is due next; Infinity for never. */
  constructor(private readonly deps: { readonly clock: Clock; readonly check: () => number }) {}

  /** Makes sure that a check happens at `time` (monotonic ms) or before. */
  expect(time: number): void {
    if (time >= this.due) return;
    this.cancel?.();
    this.due = time;
    this.cancel = this.deps.clock.after(Math.max(0, time - this.deps.clock.monotonic()), () => {
      this.due = Infinity;
      this.cancel = undefined;
      this.expect(this.deps.check());
    });
  }

  /** No check happens any more. */
  dispose(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.due = -Infinity;
  }
}
