import { interleave } from '../interleave.js';
import { load } from '../load/load.js';
import type { LoadResult } from '../load/run-load.js';
import type { Figure, MeasureOptions, Suite } from '../row.js';
import { median } from '../statistics.js';
import { variantRows, warmRows, type WarmRow } from './warm-rows.js';
import { WarmStage, type WarmServer } from './warm-stage.js';

/** P-20 to P-25: warm invocations through the whole REST route, beside bare servers and the peer. */
export const warmSuite: Suite = { rows: warmRows, measure: (options) => measureRows(warmRows, 3, options) };

/** P-26 to P-2A: the same route in other circumstances. */
export const variantSuite: Suite = {
  rows: variantRows,
  onlyInFull: true,
  // Differences between two ways of one platform are smaller than those between servers.
  measure: (options) => measureRows(variantRows, options.short ? 3 : 7, options),
};

async function measureRows(all: readonly WarmRow[], rounds: number, options: MeasureOptions): Promise<Figure[]> {
  const stage = new WarmStage();
  try {
    const rows = all.filter(({ id }) => options.wanted.has(id));
    return await measureOn(stage, rows, { ...options, rounds });
  } finally {
    await stage.dispose();
  }
}

/** Unmeasured load that makes the containers. */
const priming = { warmUp: 0, duration: 5_000, amount: 200 };

async function measureOn(
  stage: WarmStage,
  rows: readonly WarmRow[],
  { short, onRound, rounds }: MeasureOptions & { readonly rounds: number },
): Promise<Figure[]> {
  const times = short ? { warmUp: 500, duration: 1000 } : { warmUp: 2000, duration: 3000 };
  const contestants = new Map<string, () => Promise<LoadResult>>();
  for (const { candidate, floor, connections } of rows) {
    for (const server of [candidate, floor]) {
      if (contestants.has(key(server, connections))) continue;
      const target = await stage.target(server);
      await load(target, { connections, ...priming });
      contestants.set(key(server, connections), async () => {
        const result = await load(target, { ...times, connections });
        // What was accepted beyond the answers must not slow down the next contestant.
        if (server === 'RT non-blocking') await stage.untilIdle();
        return result;
      });
    }
  }
  const samples = await interleave(Object.fromEntries(contestants), rounds, onRound);
  return rows.map((row) =>
    figure(row, samples(key(row.candidate, row.connections)), samples(key(row.floor, row.connections))),
  );
}

function key(server: WarmServer, connections: number): string {
  return `${server} ${String(connections)}`;
}

function figure(row: WarmRow, ours: readonly LoadResult[], theirs: readonly LoadResult[]): Figure {
  const floors = theirs.map(row.take);
  const candidates = ours.map(row.take);
  const value = median(candidates.map((candidate, round) => row.combine(candidate, floors[round] ?? Number.NaN)));
  return { row, value, detail: `${shown(median(candidates))} / ${shown(median(floors))} ${row.of}` };
}

function shown(value: number): string {
  return value >= 1e6 ? '–' : value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
