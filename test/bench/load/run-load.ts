import type { Exchange, OpenExchange } from './exchange.js';

/** How much load. */
export interface LoadPlan {
  readonly connections: number;
  /** Milliseconds that are thrown away. */
  readonly warmUp: number;
  /** Milliseconds that count. */
  readonly duration: number;
}

/** What the load saw. */
export interface LoadResult {
  readonly count: number;
  /** Answers that were not 2xx. */
  readonly errors: number;
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds, from microseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Keeps every connection busy with one request after the other, and gives latencies and rate of the time that counts. */
export async function runLoad(open: OpenExchange, plan: LoadPlan): Promise<LoadResult> {
  const exchanges = await Promise.all(Array.from({ length: plan.connections }, () => open()));
  try {
    const from = performance.now() + plan.warmUp;
    const until = from + plan.duration;
    const latencies: number[] = [];
    const errors = await Promise.all(exchanges.map((exchange) => keepBusy({ exchange, from, until, latencies })));
    return summary(
      latencies,
      errors.reduce((sum, count) => sum + count, 0),
      plan.duration,
    );
  } finally {
    for (const exchange of exchanges) exchange.close();
  }
}

interface Busy {
  readonly exchange: Exchange;
  readonly from: number;
  readonly until: number;
  readonly latencies: number[];
}

/** Resolves with the number of answers that were not 2xx. */
function keepBusy({ exchange, from, until, latencies }: Busy): Promise<number> {
  let errors = 0;
  return new Promise((resolve) => {
    const next = (): void => {
      const sent = performance.now();
      exchange.send((status) => {
        const now = performance.now();
        if (status < 200 || status > 299) errors += 1;
        if (now >= until || status === 0) resolve(errors);
        else {
          if (sent >= from) latencies.push(now - sent);
          next();
        }
      });
    };
    next();
  });
}

function summary(latencies: number[], errors: number, duration: number): LoadResult {
  latencies.sort((a, b) => a - b);
  const at = (part: number): number => latencies[Math.floor(latencies.length * part)] ?? Number.POSITIVE_INFINITY;
  const count = latencies.length;
  return { count, errors, rate: (count * 1000) / duration, p50: at(0.5), p99: at(0.99) };
}
