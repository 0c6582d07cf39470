import type { Clock } from '../../entity/clock.js';

/** Milliseconds for which this process stays awake. */
const longest = 0.2;

/** Requests at most that are sent without staying awake after it was in vain. */
const mostSkipped = 256;

/**
 * Keeps this process awake for the answer of a quick action: to fall asleep and to be woken costs about 50 µs on a virtual machine, a fifth of
 * what a caller waits for (P-20, P-21). Only while a single request is under way, because otherwise there is enough to do; and when it was in
 * vain, as with a slow action or on a busy machine, the next 2, 4, 8 … requests do without.
 */
export class BriefWait {
  private underWay = 0;
  private answers = 0;
  private inVain = 0;
  private toSkip = 0;

  constructor(private readonly deps: { readonly clock: Clock; readonly nextTurn: (callback: () => void) => void }) {}

  /** A request was sent. */
  sent(): void {
    this.underWay += 1;
    if (this.underWay > 1) return;
    if (this.toSkip > 0) {
      this.toSkip -= 1;
      return;
    }
    this.stayAwake(this.deps.clock.monotonic() + longest, this.answers);
  }

  /** Its answer has come, or will not come any more. */
  answered(): void {
    this.underWay -= 1;
    this.answers += 1;
  }

  private stayAwake(until: number, answers: number): void {
    this.deps.nextTurn(() => {
      if (this.answers !== answers) this.inVain = 0;
      else if (this.deps.clock.monotonic() >= until) {
        this.inVain += 1;
        this.toSkip = Math.min(2 ** this.inVain, mostSkipped);
      } else if (this.underWay === 1) this.stayAwake(until, answers);
    });
  }
}
