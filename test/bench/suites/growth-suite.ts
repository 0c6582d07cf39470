import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { childCost } from '../child-cost.js';
import { interleave } from '../interleave.js';
import { Playground } from '../playground.js';
import { Rest } from '../rest.js';
import type { Figure, MeasureOptions, Row, Suite } from '../row.js';
import { median, medianRatio } from '../statistics.js';
import {
  copyOf,
  grownStore,
  namespace,
  newestEntry,
  recordId,
  recordName,
  withStore,
  type GrownStore,
} from './grown-store.js';

const direction = 'atMost';

const ROWS = {
  actions: { id: 'P-40', what: 'list 30 of 10,000 actions over 100', direction, gate: 1.5, goal: 1.2 },
  list: { id: 'P-41', what: 'list 30 of 1,000,000 activations over 10,000', direction, gate: 1.5, goal: 1.1 },
  byName: { id: 'P-41b', what: 'the same by name', direction, gate: 1.5, goal: 1.1 },
  window: { id: 'P-41c', what: 'the same with since and upto', direction, gate: 1.5, goal: 1.1 },
  get: { id: 'P-42', what: 'get by id at 1,000,000 over 10,000', direction, gate: 1.5, goal: 1.2 },
  put: { id: 'P-43', what: 'one more record at 1,000,000 over 10,000', direction, gate: 1.5, goal: 1.1 },
  start: { id: 'P-44', what: 'platform start on 1,000,000 over an empty store', direction, gate: 1.3, goal: 1.05 },
  count: { id: 'P-45', what: 'count of 1,000,000 activations over 10,000', direction, gate: 1.5, goal: 1.2 },
} as const satisfies Record<string, Row>;

type Name = keyof typeof ROWS;
type Pair = Readonly<Record<'large' | 'small', GrownStore>>;

/** The rows that are requests, with the path of the n-th. */
const REQUESTS: Partial<Record<Name, (store: GrownStore, turn: number) => string>> = {
  actions: () => 'actions?limit=30',
  list: () => 'activations?limit=30',
  byName: (_store, turn) => `activations?limit=30&name=${recordName(turn)}`,
  window: ({ begin, records }) =>
    `activations?limit=30&since=${String(begin + records * 4)}&upto=${String(begin + records * 6)}`,
  get: ({ records }) => `activations/${recordId(Math.floor(Math.random() * records))}`,
  count: () => 'activations?count=true',
};

/** Requests in a sample. */
const perSample = 30;

/** Records in a sample, and how many of them are written in one turn of the event loop. */
const perPut = 1_000;
const perTurn = 10;

/** Milliseconds after which a platform begins to remove what is above its limit: nothing is measured behind that. */
const untilRetention = 55_000;

/** P-40 to P-45: how much slower it becomes with what is stored. */
export const growthSuite: Suite = {
  rows: Object.values(ROWS),
  onlyInFull: true,
  async measure({ wanted, short, onRound, sizes }: MeasureOptions): Promise<Figure[]> {
    const onProgress = (text: string): void => void process.stderr.write(`${text}\n`);
    const pair = {
      large: await grownStore(sizes.records, onProgress),
      small: await grownStore(Math.ceil(sizes.records / 100), onProgress),
    };
    const rounds = { count: short ? 5 : 15, onRound };
    const figures: Figure[] = [];
    if (wanted.has(ROWS.put.id)) figures.push(await measurePuts(pair, rounds));
    if (wanted.has(ROWS.start.id)) figures.push(await measureStarts(pair, rounds));
    const requests = (Object.keys(REQUESTS) as Name[]).filter((name) => wanted.has(ROWS[name].id));
    if (requests.length > 0) figures.push(...(await measureRequests(pair, requests, rounds)));
    const amount = `large store: ${String(sizes.records)}`;
    return figures.map((figure) => ({ ...figure, detail: `${figure.detail}, ${amount}` }));
  },
};

interface Rounds {
  readonly count: number;
  readonly onRound: () => void;
}

/**
 * P-43. Records come in groups as the turns of a loaded platform write them; a sample ends when all of them are in the tables, so that each
 * carries its share of the fold, as it does in the long run.
 */
async function measurePuts({ large, small }: Pair, { count, onRound }: Rounds): Promise<Figure> {
  // A few runs would make the small store a large one.
  const copy = await mkdtemp(join(tmpdir(), 'rt-bench-small-'));
  await cp(small.folder, copy, { recursive: true });
  return await withStore(large.folder, (largeStore) =>
    withStore(copy, async (smallStore) => {
      const entry = await newestEntry(largeStore);
      let { start } = entry;
      // Behind all that earlier runs have put.
      let next = Math.floor(Date.now() / 1000) * 10_000;
      const put = async ({ activations }: typeof largeStore): Promise<number> => {
        const copies = Array.from({ length: perPut }, () => copyOf(entry, (next += 1), (start += 10)));
        const begin = performance.now();
        for (let index = 0; index < perPut; index += perTurn) {
          await Promise.all(copies.slice(index, index + perTurn).map((copy) => activations.put(copy)));
          await turn();
        }
        // Whoever lists sees everything: what still waits is folded first.
        await activations.list({ namespace, limit: 1, skip: 0, docs: false });
        return (performance.now() - begin) / perPut;
      };
      const contestants = { large: () => put(largeStore), small: () => put(smallStore) };
      const samples = await interleave(contestants, count, onRound);
      return figure('put', samples('large'), samples('small'));
    }),
  ).finally(() => rm(copy, { recursive: true }));
}

/** Wall time of a start; the empty store is one that a platform has used before. */
async function measureStarts({ large }: Pair, { count, onRound }: Rounds): Promise<Figure> {
  const playground = await Playground.create();
  const start = async (...options: string[]): Promise<number> => {
    const command = playground.command('platform', 'start', '--port', '0', ...options);
    const { wall } = await childCost(command, playground.env);
    await playground.run('platform', 'stop');
    return wall;
  };
  try {
    await start();
    const contestants = { large: () => start('--data-dir', large.folder), empty: () => start() };
    const samples = await interleave(contestants, count, onRound);
    return figure('start', samples('large'), samples('empty'));
  } finally {
    await playground.dispose();
  }
}

async function measureRequests(pair: Pair, names: readonly Name[], { count, onRound }: Rounds): Promise<Figure[]> {
  const sides = [await Side.open(pair.large), await Side.open(pair.small)] as const;
  const begin = performance.now();
  try {
    const figures: Figure[] = [];
    for (const name of names) {
      const [large, small] = sides;
      const contestants = { large: () => large.sample(name), small: () => small.sample(name) };
      const samples = await interleave(contestants, count, onRound);
      figures.push(figure(name, samples('large'), samples('small')));
    }
    if (performance.now() - begin > untilRetention)
      throw new Error('too slow: the platform has begun to remove records');
    return figures;
  } finally {
    for (const side of sides) await side.dispose();
  }
}

/** A platform on one of the stores. */
class Side {
  private turn = 0;

  private constructor(
    private readonly store: GrownStore,
    private readonly playground: Playground,
    private readonly rest: Rest,
  ) {}

  static async open(store: GrownStore): Promise<Side> {
    const playground = await Playground.create();
    const address = await playground.startPlatform('--data-dir', store.folder);
    return new Side(store, playground, new Rest(address));
  }

  /** Median of the milliseconds of some requests. */
  async sample(name: Name): Promise<number> {
    const times: number[] = [];
    for (let index = 0; index < perSample; index += 1) {
      this.turn += 1;
      const path = REQUESTS[name]?.(this.store, this.turn) ?? '';
      times.push(await this.rest.send('GET', `/api/v1/namespaces/_/${path}`));
    }
    return median(times);
  }

  async dispose(): Promise<void> {
    this.rest.dispose();
    await this.playground.dispose();
  }
}

function figure(name: Name, large: readonly number[], small: readonly number[]): Figure {
  const detail = `${median(large).toFixed(3)} / ${median(small).toFixed(3)} ms`;
  return { row: ROWS[name], value: medianRatio(large, small), detail };
}
