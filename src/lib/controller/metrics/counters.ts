/** Counters by one more label, or by several, as the text of the labels. */
export class Counters {
  private readonly amounts = new Map<string, number>();

  /** `limit`: beyond so many labels nothing new is counted, so that memory stays bounded. */
  constructor(private readonly limit: number) {}

  add(labels: string): void {
    const amount = this.amounts.get(labels);
    if (amount === undefined && this.amounts.size >= this.limit) return;
    this.amounts.set(labels, (amount ?? 0) + 1);
  }

  /** The lines of a metric in Prometheus' text format; `common` stands before the labels, ends with a comma or is empty. */
  lines(name: string, common: string): string[] {
    return [...this.amounts].map(([labels, amount]) => `${name}{${common}${labels}} ${String(amount)}`);
  }
}

/** One label of Prometheus' text format. */
export function label(name: string, value: string): string {
  return `${name}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

/** The two comment lines before the samples of a metric. */
export function family(name: string, type: string, help: string, samples: readonly string[]): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples];
}
