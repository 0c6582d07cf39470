import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childCost, type ChildCost } from '../child-cost.js';
import { interleave } from '../interleave.js';
import { Playground } from '../playground.js';
import type { Figure, MeasureOptions, Row, Suite } from '../row.js';
import { startSmallServer, type Server } from '../servers.js';
import { median, medianRatio } from '../statistics.js';

const atMost = 'atMost';
const FLOOR = 'node -e 0';

const common = { direction: atMost, steady: true } as const;

const ROWS = {
  version: { id: 'P-01', what: 'rt --version, CPU over node -e 0', ...common, gate: 1.5, goal: 1.2 },
  help: { id: 'P-02', what: 'rt --help, CPU over node -e 0', ...common, gate: 2.8, goal: 2.1 },
  topic: { id: 'P-02b', what: 'rt action --help, CPU over node -e 0', ...common, gate: 2.8, goal: 2.1 },
  usage: { id: 'P-02c', what: 'a usage error, CPU over node -e 0', ...common, gate: 2.8, goal: 2.1 },
  list: { id: 'P-03', what: 'rt action list, CPU over node -e 0', ...common, gate: 3.3, goal: 2.3 },
  invoke: { id: 'P-03b', what: 'rt action invoke -r, warm, CPU over node -e 0', ...common, gate: 3.3, goal: 2.3 },
  remote: { id: 'P-04', what: 'rt action list through got, CPU over node -e 0', ...common, gate: 5.6, goal: 4.3 },
  uncached: {
    id: 'P-05',
    what: 'rt action list without code cache, CPU over with',
    direction: atMost,
    gate: 1.6,
    goal: 1.5,
  },
} as const satisfies Record<string, Row>;

type Name = keyof typeof ROWS;

const NAMES = ['version', 'help', 'topic', 'usage', 'list', 'invoke', 'remote', 'uncached'] as const;

const WORDS: Readonly<Record<Name, readonly string[]>> = {
  version: ['--version'],
  help: ['--help'],
  topic: ['action', '--help'],
  usage: ['action', 'list', '--no-such-flag'],
  list: ['action', 'list'],
  invoke: ['action', 'invoke', 'greet', '--result', '-p', 'name', 'Bob'],
  remote: ['action', 'list'],
  uncached: ['action', 'list'],
};

/** The command line of each row of this suite, by id, for whoever wants to profile it; `remote` ones need a host. */
export const startUpCommands: ReadonlyMap<string, readonly string[]> = new Map(
  NAMES.filter((name) => name !== 'remote' && name !== 'uncached').map((name) => [ROWS[name].id, WORDS[name]]),
);

/** P-01 to P-05: what the command line itself costs, as CPU time over `node -e 0`. */
export const startUpSuite: Suite = {
  rows: Object.values(ROWS),
  async measure(options: MeasureOptions): Promise<Figure[]> {
    const playground = await Playground.create();
    let host: Server | undefined;
    try {
      if (options.wanted.has(ROWS.remote.id)) host = await startSmallServer('empty-lists.cjs', playground.env);
      return await new StartUps(playground, host).measure(options);
    } finally {
      await host?.dispose();
      await playground.dispose();
    }
  },
};

class StartUps {
  /** `host` answers every request with an empty list; it is there when P-04 is measured. */
  constructor(
    private readonly playground: Playground,
    private readonly host: Server | undefined,
  ) {}

  async measure({ wanted, short, onRound }: MeasureOptions): Promise<Figure[]> {
    const names = NAMES.filter((name) => wanted.has(ROWS[name].id));
    if (names.some((name) => ['list', 'invoke', 'uncached'].includes(name))) {
      await this.playground.startPlatform();
      await this.playground.run('action', 'create', 'greet', 'greet.js');
    }
    const measured: Name[] = names.includes('uncached') ? [...new Set<Name>([...names, 'list'])] : names;
    // Fills the code cache of each command.
    for (const name of measured) if (name !== 'uncached') await this.runOnce(name);
    const contestants = Object.fromEntries(measured.map((name) => [name, () => this.runOnce(name)]));
    const floor = (): Promise<ChildCost> => childCost([process.execPath, '-e', '0'], this.playground.env);
    const samples = await interleave({ ...contestants, [FLOOR]: floor }, short ? 5 : 15, onRound);
    return names.map((name) => {
      const base = name === 'uncached' ? 'list' : FLOOR;
      return figure(ROWS[name], samples(name), samples(base));
    });
  }

  private async runOnce(name: Name): Promise<ChildCost> {
    const { env } = this.playground;
    const command = this.playground.command(...WORDS[name]);
    if (name === 'usage') return await childCost(command, env, 2);
    if (name === 'remote') return await childCost(command, { ...env, ...this.hostSettings() });
    if (name !== 'uncached') return await childCost(command, env);
    const cache = await mkdtemp(join(tmpdir(), 'rt-bench-cache-'));
    try {
      return await childCost(command, { ...env, RT_CACHE_DIR: cache });
    } finally {
      await rm(cache, { recursive: true, force: true });
    }
  }

  private hostSettings(): Readonly<Record<string, string>> {
    const url = `http://127.0.0.1:${String(this.host?.port)}`;
    return { RT_APIHOST: url, RT_AUTH: '23bc46b1-71f6-4ed5-8c54-816aa4f8c502:bench' };
  }
}

function figure(row: Row, costs: readonly ChildCost[], floors: readonly ChildCost[]): Figure {
  const cpu = costs.map((cost) => cost.cpu);
  const floorCpu = floors.map((cost) => cost.cpu);
  const walls = medianRatio(
    costs.map((cost) => cost.wall),
    floors.map((cost) => cost.wall),
  );
  const detail = `${median(cpu).toFixed(0)} / ${median(floorCpu).toFixed(0)} ms CPU, wall ${walls.toFixed(2)}`;
  return { row, value: medianRatio(cpu, floorCpu), detail };
}
