/** Upper bounds of the buckets, inclusive; those of Prometheus' clients, as the reference uses them. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** A distribution in Prometheus' sense: cumulative buckets, sum and count. */
export class Histogram {
  private readonly buckets = bounds.map(() => 0);
  private sum = 0;
  private count = 0;

  observe(value: number): void {
    this.sum += value;
    this.count += 1;
    for (const [at, bound] of bounds.entries()) {
      if (value <= bound) this.buckets[at] = (this.buckets[at] ?? 0) + 1;
    }
  }

  /** Its lines in Prometheus' text format; `labels` without braces. */
  lines(name: string, labels: string): string[] {
    const bucket = (bound: string, amount: number): string =>
      `${name}_bucket{${labels},le="${bound}"} ${String(amount)}`;
    return [
      ...bounds.map((bound, at) => bucket(String(bound), this.buckets[at] ?? 0)),
      bucket('+Inf', this.count),
      `${name}_sum{${labels}} ${String(this.sum)}`,
      `${name}_count{${labels}} ${String(this.count)}`,
    ];
  }
}
