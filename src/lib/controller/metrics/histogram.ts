/** Upper bounds of the buckets of times in seconds, inclusive; those of Prometheus' clients, as the reference uses them. */
export const timeBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Those of sizes in bytes: ten steps of the largest result, as the reference has them. */
export const sizeBounds = Array.from({ length: 10 }, (_, at) => at * 1_048_576);

/** A distribution in Prometheus' sense: cumulative buckets, sum and count. */
export class Histogram {
  private readonly buckets: number[];
  private sum = 0;
  private count = 0;

  constructor(private readonly bounds: readonly number[]) {
    this.buckets = bounds.map(() => 0);
  }

  observe(value: number): void {
    this.sum += value;
    this.count += 1;
    for (const [at, bound] of this.bounds.entries()) {
      if (value <= bound) this.buckets[at] = (this.buckets[at] ?? 0) + 1;
    }
  }

  /** Its lines in Prometheus' text format; `labels` without braces. */
  lines(name: string, labels: string): string[] {
    const bucket = (bound: string, amount: number): string =>
      `${name}_bucket{${labels},le="${bound}"} ${String(amount)}`;
    return [
      ...this.bounds.map((bound, at) => bucket(String(bound), this.buckets[at] ?? 0)),
      bucket('+Inf', this.count),
      `${name}_sum{${labels}} ${String(this.sum)}`,
      `${name}_count{${labels}} ${String(this.count)}`,
    ];
  }
}
