/** One write that waits for its transaction. */
interface Waiting<T> {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects what is handed over within one turn of the event loop and writes it together. A lone item is not delayed by more than the rest
 * of its turn (performance.md §4, 9).
 */
export class TurnBatcher<T> {
  private waiting: Waiting<T>[] = [];
  private readonly idle: (() => void)[] = [];
  private turnEnds = false;
  private ticks = false;

  /** `write` stores all items together or throws. */
  constructor(private readonly deps: { readonly write: (items: readonly T[]) => void }) {}

  /** Adds an item of a turn that may bring more of them. Resolves when it is stored; rejects with what `write` threw. */
  add(item: T): Promise<void> {
    if (!this.turnEnds) setImmediate(() => this.endTurn());
    this.turnEnds = true;
    return this.wait(item);
  }

  /**
   * Adds an item whose like all come from promises that are ready now, and which is written after these: the event loop is not asked once
   * more before the answer leaves (P-20).
   */
  addSoon(item: T): Promise<void> {
    if (!this.ticks) process.nextTick(() => this.endTick());
    this.ticks = true;
    return this.wait(item);
  }

  /** Resolves when nothing waits any more. */
  flush(): Promise<void> {
    if (this.waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.idle.push(resolve);
    });
  }

  private wait(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
    });
  }

  private endTurn(): void {
    this.turnEnds = false;
    this.writeAll();
  }

  private endTick(): void {
    this.ticks = false;
    this.writeAll();
  }

  private writeAll(): void {
    const batch = this.waiting;
    if (batch.length === 0) return;
    this.waiting = [];
    try {
      this.deps.write(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    for (const resolve of this.idle.splice(0)) resolve();
  }
}
