import { load } from '../load/load.js';
import { Playground, type PlatformAddress } from '../playground.js';
import { childrenOf, cpuTime, processesWith, residentMemory, runs, showsProcesses } from '../process-figures.js';
import { invokePath, platformTarget } from '../rest.js';
import { type Figure, type MeasureOptions, notRun, type Result, type Row, type Suite } from '../row.js';
import { startSmallServer, type Server } from '../servers.js';
import { namespace, withStore } from './grown-store.js';

const direction = 'atMost';
const none = { direction, gate: 0, goal: 0, steady: true } as const;

const ROWS = {
  platform: { id: 'P-60', what: 'idle platform, RSS over a bare http server', direction, gate: 2.5, goal: 1.5 },
  runtime: { id: 'P-61', what: 'idle runtime, RSS over a bare proxy', direction, gate: 1.25, goal: 1.05 },
  grown: { id: 'P-62', what: 'RSS after many activations over after 5,000', direction, gate: 1.5, goal: 1.2 },
  idle: { id: 'P-63', what: 'CPU of an idle platform, of one core', direction, unit: '%', gate: 0.5, goal: 0.1 },
  stop: { id: 'P-64', what: 'stop, wall', direction, unit: 's', gate: 2, goal: 0.5 },
  left: { id: 'P-64b', what: 'processes left after a stop', ...none, unit: 'processes' },
  lost: { id: 'P-64c', what: 'records lost by a stop', ...none, unit: 'records' },
} as const satisfies Record<string, Row>;

/** Milliseconds after a start in which the platform still loads what the first answer did not need, and saves its code cache. */
const settling = 5_000;

const mebibytes = (value: number): string => value.toFixed(0);

/** P-60, P-61, P-63 and P-64: what an idle platform uses, and how it ends. */
export const footprintSuite: Suite = {
  rows: [ROWS.platform, ROWS.runtime, ROWS.idle, ROWS.stop, ROWS.left, ROWS.lost],
  onlyInFull: true,
  async measure(options: MeasureOptions): Promise<Result[]> {
    if (!showsProcesses) return notRun(this.rows, 'only Linux shows what processes use');
    const playground = await Playground.create();
    try {
      return await new Footprint(playground, await playground.startPlatform()).measure(options);
    } finally {
      await playground.dispose();
    }
  },
};

/** P-62. */
export const memoryGrowthSuite: Suite = {
  rows: [ROWS.grown],
  onlyInFull: true,
  async measure({ onRound, sizes }: MeasureOptions): Promise<Result[]> {
    if (!showsProcesses) return notRun(this.rows, 'only Linux shows what processes use');
    const playground = await Playground.create();
    try {
      const { pid, ...address } = await playground.startPlatform();
      await playground.run('action', 'create', 'greet', 'greet.js');
      const target = platformTarget({ ...address, pid }, [invokePath('greet')]);
      const after = async (amount: number): Promise<number> => {
        onRound();
        const { count } = await load(target, { connections: 16, warmUp: 0, duration: 240_000, amount });
        if (count < amount) throw new Error(`only ${String(count)} of ${String(amount)} activations in four minutes`);
        return await residentMemory(pid);
      };
      const early = await after(Math.min(5_000, sizes.activations / 2));
      const late = await after(sizes.activations - Math.min(5_000, sizes.activations / 2));
      const detail = `${mebibytes(late)} MiB after ${String(sizes.activations)} / ${mebibytes(early)} MiB`;
      return [{ row: ROWS.grown, value: late / early, detail }];
    } finally {
      await playground.dispose();
    }
  },
};

class Footprint {
  constructor(
    private readonly playground: Playground,
    private readonly address: PlatformAddress,
  ) {}

  async measure({ wanted, short, onRound }: MeasureOptions): Promise<Figure[]> {
    onRound();
    await this.playground.untilIdle();
    const figures = [await this.platformMemory()];
    if (wanted.has(ROWS.idle.id)) figures.push(await this.idleTime(short ? 5_000 : 60_000));
    await this.playground.run('action', 'create', 'greet', 'greet.js');
    await this.playground.run('action', 'invoke', 'greet', '--result', '-p', 'name', 'Bob');
    await this.playground.untilIdle();
    figures.push(await this.runtimeMemory());
    onRound();
    return [...figures, ...(await this.stop())];
  }

  private async platformMemory(): Promise<Figure> {
    const own = await residentMemory(this.address.pid);
    const bare = await besideServer('bare-http.cjs', ({ pid }) => residentMemory(pid));
    return { row: ROWS.platform, value: own / bare, detail: `${mebibytes(own)} / ${mebibytes(bare)} MiB` };
  }

  private async runtimeMemory(): Promise<Figure> {
    const runtime = (await this.playground.runtimes()).find(({ action }) => action !== undefined);
    if (runtime === undefined) throw new Error('the action has no runtime');
    const own = await residentMemory(Number(runtime.driverId));
    const bare = await besideServer('run-proxy.cjs', ({ pid }) => residentMemory(pid));
    return { row: ROWS.runtime, value: own / bare, detail: `${mebibytes(own)} / ${mebibytes(bare)} MiB` };
  }

  /** Of the platform with its guardian and its stem cell. */
  private async idleTime(period: number): Promise<Figure> {
    await new Promise((resolve) => setTimeout(resolve, settling));
    const all = [this.address.pid, ...(await childrenOf(this.address.pid))];
    const used = async (): Promise<number> =>
      (await Promise.all(all.map(cpuTime))).reduce((sum, time) => sum + time, 0);
    const before = await used();
    await new Promise((resolve) => setTimeout(resolve, period));
    const time = (await used()) - before;
    const detail = `${time.toFixed(1)} ms in ${String(period / 1000)} s, ${String(all.length)} processes`;
    return { row: ROWS.idle, value: (time / period) * 100, detail };
  }

  /** With a busy past and warm runtimes. */
  private async stop(): Promise<Figure[]> {
    const { playground, address } = this;
    const target = platformTarget(address, [invokePath('greet')]);
    const { count } = await load(target, { connections: 8, warmUp: 0, duration: 30_000, amount: 500 });
    const marked = await processesWith('RT_HOME', playground.env['RT_HOME'] ?? '');
    const all = [...new Set([...marked, ...(await childrenOf(address.pid))])];
    const begin = performance.now();
    await playground.run('platform', 'stop');
    const seconds = (performance.now() - begin) / 1000;
    const left = (await Promise.all(all.map(runs))).filter(Boolean).length;
    const folder = playground.path('rt/platform');
    const kept = await withStore(folder, ({ activations }) => activations.count({ namespace }));
    return [
      { row: ROWS.stop, value: seconds, detail: `the command line included, ${String(all.length)} processes` },
      { row: ROWS.left, value: left, detail: `of ${String(all.length)}` },
      { row: ROWS.lost, value: Math.max(0, count - kept), detail: `of ${String(count)}` },
    ];
  }
}

/** Starts a small server, looks at it when it has answered, and ends it. */
async function besideServer(name: string, look: (server: Server) => Promise<number>): Promise<number> {
  const server = await startSmallServer(name, {});
  try {
    await greet(name, server);
    return await look(server);
  } finally {
    await server.dispose();
  }
}

async function greet(name: string, { port }: Server): Promise<void> {
  const url = `http://127.0.0.1:${String(port)}`;
  const post = async (path: string, value: unknown): Promise<void> => {
    await (await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(value) })).text();
  };
  if (name === 'run-proxy.cjs') {
    await post('/init', { value: { code: 'exports.main = (value) => value;' } });
    await post('/run', { value: {} });
  } else {
    await post('/', { name: 'Bob' });
  }
}
