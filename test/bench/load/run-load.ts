import { quantile } from '../statistics.js';
import type { Exchange, OpenExchange } from './exchange.js';

/** How much load: a time or an amount. */
export type LoadPlan = {
  readonly connections: number;
  /** Milliseconds that are thrown away. */
  readonly warmUp: number;
  /** Milliseconds that count; with `amount` the most that it may take. */
  readonly duration: number;
  /** Ends after so many answers. */
  readonly amount?: number;
};

/** What the load saw in the time that counts. */
export interface LoadResult {
  /** Answers with a status of 2xx. */
  readonly count: number;
  /** Other answers, those of the warm-up included. */
  readonly errors: number;
  /** 2xx answers a second. */
  readonly rate: number;
  /** Milliseconds, from microseconds; without an answer the greatest number, because JSON has no Infinity. */
  readonly p50: number;
  readonly p99: number;
  /** p99 of the first and of the last tenth of the answers. */
  readonly firstTenth: number;
  readonly lastTenth: number;
}

/** Keeps every connection busy with one request after the other, and gives latencies and rate of the time that counts. */
export async function runLoad(open: OpenExchange, plan: LoadPlan): Promise<LoadResult> {
  const exchanges = await Promise.all(Array.from({ length: plan.connections }, () => open()));
  try {
    const from = performance.now() + plan.warmUp;
    const busy: Busy = { from, until: from + plan.duration, left: plan.amount ?? Infinity, latencies: [], errors: 0 };
    await Promise.all(exchanges.map((exchange) => keepBusy(exchange, busy)));
    return summary(busy, Math.min(performance.now(), busy.until) - from);
  } finally {
    for (const exchange of exchanges) exchange.close();
  }
}

/** What all connections share. */
interface Busy {
  readonly from: number;
  readonly until: number;
  left: number;
  /** In the order in which the answers came. */
  readonly latencies: number[];
  errors: number;
}

function keepBusy(exchange: Exchange, busy: Busy): Promise<void> {
  return new Promise((resolve) => {
    const next = (): void => {
      if (busy.left <= 0) {
        resolve();
        return;
      }
      busy.left -= 1;
      const sent = performance.now();
      exchange.send((status) => {
        const now = performance.now();
        const accepted = status >= 200 && status <= 299;
        if (!accepted) busy.errors += 1;
        if (now >= busy.until || status === 0) resolve();
        else {
          if (accepted && sent >= busy.from) busy.latencies.push(now - sent);
          next();
        }
      });
    };
    next();
  });
}

function summary({ latencies, errors }: Busy, duration: number): LoadResult {
  const tenth = Math.ceil(latencies.length / 10);
  const count = latencies.length;
  return {
    ...{ count, errors, rate: (count * 1000) / duration },
    p50: at(latencies, 0.5),
    p99: at(latencies, 0.99),
    firstTenth: at(latencies.slice(0, tenth), 0.99),
    lastTenth: at(latencies.slice(-tenth), 0.99),
  };
}

function at(latencies: readonly number[], part: number): number {
  return latencies.length === 0 ? Number.MAX_VALUE : quantile(latencies, part);
}
