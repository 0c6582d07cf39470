/** Lets so many tasks run at a time; the others wait in the order of their coming. */
export class Lanes {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly onIdle: (() => void)[] = [];

  constructor(private readonly count: number) {}

  /** Runs a task as soon as a lane is free. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running < this.count) this.running += 1;
    else await this.turn();
    try {
      return await task();
    } finally {
      this.leave();
    }
  }

  /** Resolves when nothing runs or waits. */
  async idle(): Promise<void> {
    if (this.running === 0) return;
    await new Promise<void>((resolve) => {
      this.onIdle.push(resolve);
    });
  }

  /** Waits for a lane that is handed over without having been free. */
  private turn(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    this.running -= 1;
    if (this.running === 0) for (const resolve of this.onIdle.splice(0)) resolve();
  }
}
