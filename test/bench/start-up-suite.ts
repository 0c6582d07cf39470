import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childCost, type ChildCost } from './child-cost.js';
import { interleave } from './interleave.js';
import { Playground } from './playground.js';
import type { Figure, MeasureOptions, Row, Suite } from './row.js';
import { median, medianRatio } from './statistics.js';

const atMost = 'atMost';
const FLOOR = 'node -e 0';

const ROWS = {
  version: { id: 'P-01', what: 'rt --version, CPU over node -e 0', direction: atMost, gate: 1.5, goal: 1.2 },
  help: { id: 'P-02', what: 'rt --help, CPU over node -e 0', direction: atMost, gate: 2.8, goal: 2.1 },
  topic: { id: 'P-02b', what: 'rt action --help, CPU over node -e 0', direction: atMost, gate: 2.8, goal: 2.1 },
  list: { id: 'P-03', what: 'rt action list, CPU over node -e 0', direction: atMost, gate: 3.3, goal: 2.3 },
  invoke: {
    id: 'P-03b',
    what: 'rt action invoke -r, warm, CPU over node -e 0',
    direction: atMost,
    gate: 3.3,
    goal: 2.3,
  },
  uncached: {
    id: 'P-05',
    what: 'rt action list without code cache, CPU over with',
    direction: atMost,
    gate: 1.6,
    goal: 1.5,
  },
} as const satisfies Record<string, Row>;

type Name = keyof typeof ROWS;

const WORDS: Readonly<Record<Name, readonly string[]>> = {
  version: ['--version'],
  help: ['--help'],
  topic: ['action', '--help'],
  list: ['action', 'list'],
  invoke: ['action', 'invoke', 'greet', '--result', '-p', 'name', 'Bob'],
  uncached: ['action', 'list'],
};

/** P-01 to P-05: what the command line itself costs, as CPU time over `node -e 0`. */
export const startUpSuite: Suite = {
  rows: Object.values(ROWS),
  async measure(options: MeasureOptions): Promise<Figure[]> {
    const playground = await Playground.create();
    try {
      return await measureIn(playground, options);
    } finally {
      await playground.dispose();
    }
  },
};

async function measureIn(playground: Playground, { wanted, short, onRound }: MeasureOptions): Promise<Figure[]> {
  const names = namesOf(wanted);
  const usesPlatform = names.some((name) => ['list', 'invoke', 'uncached'].includes(name));
  if (usesPlatform) {
    await playground.startPlatform();
    await playground.run('action', 'create', 'greet', 'greet.js');
  }
  // Fills the code cache of each command.
  for (const name of names) await playground.run(...WORDS[name]);
  const measured: Name[] = names.includes('uncached') ? [...new Set<Name>([...names, 'list'])] : names;
  const contestants = Object.fromEntries(measured.map((name) => [name, () => runOnce(playground, name)]));
  const floor = (): Promise<ChildCost> => childCost([process.execPath, '-e', '0'], playground.env);
  const samples = await interleave({ ...contestants, [FLOOR]: floor }, short ? 5 : 15, onRound);
  return names.map((name) => {
    const base = name === 'uncached' ? 'list' : FLOOR;
    return figure(ROWS[name], samples(name), samples(base));
  });
}

function namesOf(wanted: ReadonlySet<string>): Name[] {
  const names: Name[] = ['version', 'help', 'topic', 'list', 'invoke', 'uncached'];
  return names.filter((name) => wanted.has(ROWS[name].id));
}

async function runOnce(playground: Playground, name: Name): Promise<ChildCost> {
  if (name !== 'uncached') return await childCost(playground.command(...WORDS[name]), playground.env);
  const cache = await mkdtemp(join(tmpdir(), 'rt-bench-cache-'));
  try {
    return await childCost(playground.command(...WORDS[name]), { ...playground.env, RT_CACHE_DIR: cache });
  } finally {
    await rm(cache, { recursive: true, force: true });
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
