/** Milliseconds for which this process stays awake. */
const longest = 0.5;

/** Waits at most that are left out after some were in vain. */
const mostSkipped = 256;

/** The time and the event loop of this process. */
export interface Machine {
  /** Milliseconds. */
  readonly now: () => number;
  readonly nextTurn: (callback: () => void) => void;
}

const thisMachine: Machine = { now: () => performance.now(), nextTurn: setImmediate };

/**
 * Keeps this process awake for a moment where something is about to come: a sleeping process is woken in 50 to 200 µs on a virtual machine,
 * a third of what a lone caller waits for (P-20, P-21). `amount` says when: 1 for the answer to a single request that is under way, 0 for the
 * next caller when the last one has his answer. With more under way there is enough to do. When it was in vain, as with a slow action, the
 * next 2, 4, 8 … times are left out.
 */
export class BriefWait {
  private underWay = 0;
  /** The wait that goes on, and when it ends. */
  private wait: { readonly until: number } | undefined;
  private inVain = 0;
  private toSkip = 0;

  constructor(
    private readonly amount: 0 | 1,
    private readonly machine: Machine = thisMachine,
  ) {}

  /** Something is under way from now on. */
  begin(): void {
    this.change(1);
  }

  /** It has ended; to be called once for each begin. */
  end(): void {
    this.change(-1);
  }

  private change(by: 1 | -1): void {
    if (this.wait !== undefined) this.inVain = 0;
    this.wait = undefined;
    this.underWay += by;
    if (this.underWay !== this.amount) return;
    if (this.toSkip > 0) this.toSkip -= 1;
    else this.stayAwake();
  }

  private stayAwake(): void {
    const wait = { until: this.machine.now() + longest };
    this.wait = wait;
    const turn = (): void => {
      if (this.wait !== wait) return;
      if (this.machine.now() < wait.until) this.machine.nextTurn(turn);
      else this.giveUp();
    };
    this.machine.nextTurn(turn);
  }

  private giveUp(): void {
    this.wait = undefined;
    this.inVain += 1;
    this.toSkip = Math.min(2 ** this.inVain, mostSkipped);
  }
}
