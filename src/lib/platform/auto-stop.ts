import type { Clock } from '../entity/clock.js';

/** Ends a platform that nobody uses: no request and nothing in flight for a while. */
export class AutoStop {
  private lastUse: number;
  private cancel: () => void = () => undefined;

  constructor(
    private readonly deps: {
      readonly clock: Clock;
      /** Milliseconds; absent: never. */
      readonly after: number | undefined;
      readonly isBusy: () => boolean;
      readonly stop: () => void;
    },
  ) {
    this.lastUse = deps.clock.monotonic();
    if (deps.after !== undefined) this.wait(deps.after, deps.after);
  }

  /** To be called for each request. */
  used(): void {
    this.lastUse = this.deps.clock.monotonic();
  }

  dispose(): void {
    this.cancel();
  }

  private wait(milliseconds: number, after: number): void {
    const { clock, isBusy, stop } = this.deps;
    this.cancel = clock.after(milliseconds, () => {
      if (isBusy()) this.used();
      const left = this.lastUse + after - clock.monotonic();
      if (left <= 0) stop();
      else this.wait(left, after);
    });
  }
}
