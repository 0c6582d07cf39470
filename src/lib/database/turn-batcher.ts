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

  /** `write` stores all items together or throws. */
  constructor(private readonly deps: { readonly write: (items: readonly T[]) => void }) {}

  /** Resolves when the item is stored; rejects with what `write` threw. */
  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.writeAll());
      this.waiting.push({ item, resolve, reject });
    });
  }

  /** Resolves when nothing waits any more. */
  flush(): Promise<void> {
    if (this.waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.idle.push(resolve);
    });
  }

  private writeAll(): void {
    const batch = this.waiting;
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
