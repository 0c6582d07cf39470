import { interleave } from '../interleave.js';
import { load } from '../load/load.js';
import { Playground, type PlatformAddress } from '../playground.js';
import { invokePath, platformTarget, Rest } from '../rest.js';
import type { Figure, MeasureOptions, Row, Suite } from '../row.js';
import { median, medianRatio } from '../statistics.js';
import { greetCode } from './greet.js';
import { ProxyForks } from './proxy-forks.js';

const direction = 'atMost';

const ROWS = {
  cold: { id: 'P-30', what: 'process driver, no stem cell, over F0', direction, gate: 1.5, goal: 1.2 },
  stem: { id: 'P-31', what: 'process driver, stem cell, over F0', direction, gate: 0.35, goal: 0.15 },
  eight: { id: 'P-35', what: '8 new actions at once, no stem cells, over 8 × F0', direction, gate: 1.5, goal: 1.2 },
  eightStems: { id: 'P-35b', what: '8 new actions at once, 8 stem cells', direction, gate: 0.35, goal: 0.15 },
  refill: { id: 'P-36', what: 'p99, warm, while stem cells are refilled', direction, gate: 3, goal: 1.5 },
} as const satisfies Record<string, Row>;

type Name = Exclude<keyof typeof ROWS, 'refill'>;

/** The floor of each row: one or eight proxies at once. */
const FLOORS: Readonly<Record<Name, 'F0' | '8 × F0'>> = {
  cold: 'F0',
  stem: 'F0',
  eight: '8 × F0',
  eightStems: '8 × F0',
};

/** Stem cells that the platform keeps of the usual size, and containers that run at once in P-35. */
const many = 8;

/** P-30, P-31, P-35 and P-36: first invocations on the process driver. */
export const coldSuite: Suite = {
  rows: Object.values(ROWS),
  onlyInFull: true,
  async measure(options: MeasureOptions): Promise<Figure[]> {
    const playground = await Playground.create();
    const forks = await ProxyForks.create();
    try {
      // Idle containers go soon, and what is left of them always fits.
      const prewarm = `nodejs:20=${String(many)}`;
      const address = await playground.startPlatform('--prewarm', prewarm, '--pool', '64GB', '--idle', '2s');
      return await new ColdStarts(playground, address, forks).measure(options);
    } finally {
      await forks.dispose();
      await playground.dispose();
    }
  },
};

class ColdStarts {
  private readonly rest: Rest;
  private actions = 0;
  /** MB; a size that no action had before has no stem cell. */
  private memory = 256;

  constructor(
    private readonly playground: Playground,
    private readonly address: PlatformAddress,
    private readonly forks: ProxyForks,
  ) {
    this.rest = new Rest(address);
  }

  async measure({ wanted, short, onRound }: MeasureOptions): Promise<Figure[]> {
    try {
      const names = (['cold', 'stem', 'eight', 'eightStems'] as const).filter((name) => wanted.has(ROWS[name].id));
      const figures = await this.measureStarts(names, short ? 3 : 15, onRound);
      return wanted.has(ROWS.refill.id) ? [...figures, await this.measureRefill(short, onRound)] : figures;
    } finally {
      this.rest.dispose();
    }
  }

  private async measureStarts(names: readonly Name[], rounds: number, onRound: () => void): Promise<Figure[]> {
    if (names.length === 0) return [];
    const floors = new Set(names.map((name) => FLOORS[name]));
    const contestants = [
      ...names.map((name) => [name, () => this.sample(name)] as const),
      ...[...floors].map((floor) => [floor, () => this.forks.first(floor === 'F0' ? 1 : many)] as const),
    ];
    const samples = await interleave(Object.fromEntries(contestants), rounds, onRound);
    return names.map((name) => {
      const floor = samples(FLOORS[name]);
      const detail = `${median(samples(name)).toFixed(1)} / ${median(floor).toFixed(1)} ms`;
      return { row: ROWS[name], value: medianRatio(samples(name), floor), detail };
    });
  }

  /** Milliseconds from sending the requests to the last answer. */
  private async sample(name: Name): Promise<number> {
    const withStems = name === 'stem' || name === 'eightStems';
    if (!withStems) this.memory += 1;
    const count = name === 'eight' || name === 'eightStems' ? many : 1;
    const actions = await this.createActions(count, withStems ? 256 : this.memory);
    await this.untilReady();
    const times = await Promise.all(actions.map((action) => this.rest.invoke(action)));
    for (const action of actions) await this.rest.deleteAction(action);
    return Math.max(...times);
  }

  /** P-36. Beside the same load on one action, new actions take one stem cell after the other, or do not. */
  private async measureRefill(short: boolean, onRound: () => void): Promise<Figure> {
    await this.rest.putAction('warm', greetCode);
    const samples = await interleave(
      { with: () => this.warmTail(short, true), without: () => this.warmTail(short, false) },
      short ? 3 : 5,
      onRound,
    );
    const detail = `${median(samples('with')).toFixed(1)} / ${median(samples('without')).toFixed(1)} ms`;
    return { row: ROWS.refill, value: medianRatio(samples('with'), samples('without')), detail };
  }

  private async warmTail(short: boolean, refilling: boolean): Promise<number> {
    const actions = await this.createActions(refilling ? 40 : 0, 256);
    await this.untilReady();
    const target = platformTarget(this.address, [invokePath('warm')]);
    const plan = { connections: 1, warmUp: 1_000, duration: short ? 1_500 : 3_000 };
    const ended = new AbortController();
    const loading = load(target, plan).finally(() => {
      ended.abort();
    });
    for (const action of actions) {
      if (ended.signal.aborted) break;
      await this.rest.invoke(action);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { p99 } = await loading;
    for (const action of actions) await this.rest.deleteAction(action);
    return p99;
  }

  private async createActions(count: number, memory: number): Promise<string[]> {
    const names: string[] = [];
    for (let index = 0; index < count; index += 1) {
      this.actions += 1;
      const name = `new${String(this.actions)}`;
      await this.rest.putAction(name, greetCode, memory);
      names.push(name);
    }
    return names;
  }

  /** Resolves when all stem cells are there and nothing else is being made or removed. */
  private async untilReady(): Promise<void> {
    const end = performance.now() + 60_000;
    for (;;) {
      const runtimes = await this.playground.runtimes();
      const stems = runtimes.filter(({ state, memory }) => state === 'stem cell' && memory === 256);
      const settled = runtimes.every(({ state }) => state === 'stem cell' || state === 'idle');
      if (settled && stems.length >= many) return;
      if (performance.now() > end) throw new Error('the stem cells do not come');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
