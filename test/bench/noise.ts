import { loadavg } from 'node:os';

/** Tells how quiet the machine was: the load average and the spread of a fixed CPU loop that runs once a round. */
export class Noise {
  private readonly times: number[] = [];

  /** Runs the fixed loop once and notes its milliseconds. */
  readonly sample = (): void => {
    const started = performance.now();
    let sum = 0;
    for (let index = 0; index < 5_000_000; index += 1) sum = (sum * 31 + index) | 0;
    this.times.push(performance.now() - started + (sum & 0));
  };

  /** Greatest time of the loop over its smallest; above 2 the figures should be taken again. */
  get spread(): number {
    return this.times.length === 0 ? 1 : Math.max(...this.times) / Math.min(...this.times);
  }

  line(): string {
    const loads = loadavg().map((load) => load.toFixed(1));
    const advice = this.spread > 2 ? ' - NOISY: take these figures again' : '';
    return `noise: load ${loads.join(' ')}, fixed loop max/min ${this.spread.toFixed(2)}${advice}`;
  }
}
