import { childCost } from '../child-cost.js';
import { interleave } from '../interleave.js';
import { Playground } from '../playground.js';
import { Rest } from '../rest.js';
import type { Figure, MeasureOptions, Row, Suite } from '../row.js';
import { median, medianRatio } from '../statistics.js';
import { copyOf, grownStore, newestEntry, recordId, recordName, withStore, type GrownStore } from './grown-store.js';

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

/** Requests or records in a sample. */
const perSample = 30;

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

async function measurePuts({ large, small }: Pair, { count, onRound }: Rounds): Promise<Figure> {
  return await withStore(large.folder, (largeStore) =>
    withStore(small.folder, async (smallStore) => {
      const entry = await newestEntry(largeStore);
      const put = async (store: typeof largeStore): Promise<number> => {
        const from = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
        const copies = Array.from({ length: perSample }, (_, index) => copyOf(entry, from + index, entry.start));
        const begin = performance.now();
        for (const copy of copies) await store.activations.put(copy);
        return (performance.now() - begin) / perSample;
      };
      const contestants = { large: () => put(largeStore), small: () => put(smallStore) };
      const samples = await interleave(contestants, count, onRound);
      return figure('put', samples('large'), samples('small'));
    }),
  );
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
  const detail = `${median(large).toFixed(2)} / ${median(small).toFixed(2)} ms`;
  return { row: ROWS[name], value: medianRatio(large, small), detail };
}
