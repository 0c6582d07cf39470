import { DeployStage, type BenchProject } from '../deploy-stage.js';
import { interleave } from '../interleave.js';
import { showsProcesses } from '../process-figures.js';
import { type Figure, type MeasureOptions, notRun, type Result, type Row, type Suite } from '../row.js';
import { median } from '../statistics.js';

const direction = 'atMost';

const rows = {
  small: { id: 'P-50', what: 'deploy 100 actions of 10 KB over W0', direction, gate: 6, goal: 3 },
  large: { id: 'P-51', what: 'deploy 100 actions of 1 MB over W0', direction, gate: 2.5, goal: 1.5 },
  again: { id: 'P-52', what: 'the same deploy again over the first', direction, gate: 0.6, goal: 0.25 },
  memory: { id: 'P-53', what: 'client memory, 100 × 1 MB', direction, unit: 'MiB', gate: 250, goal: 150 },
} as const satisfies Record<string, Row>;

const smallBytes = 10_000;
const largeBytes = 1_000_000;

/** P-50 to P-53: what it takes to bring a project to a local platform. */
export const deploySuite: Suite = {
  rows: Object.values(rows),
  async measure(options: MeasureOptions): Promise<Result[]> {
    const stage = await DeployStage.create();
    try {
      const results = new Deploys(stage, options);
      return [...(await results.small()), ...(await results.large()), ...(await results.memory())];
    } finally {
      await stage.dispose();
    }
  },
};

/** Wall times in milliseconds of one round. */
interface Round {
  readonly floor: number;
  readonly list: number;
  readonly first: number;
  readonly again: number;
}

class Deploys {
  constructor(
    private readonly stage: DeployStage,
    private readonly options: MeasureOptions,
  ) {}

  /** P-50 and P-52. */
  async small(): Promise<Figure[]> {
    const { wanted, short } = this.options;
    if (!wanted.has(rows.small.id) && !wanted.has(rows.again.id)) return [];
    const project = await this.stage.writeProject('small', smallBytes);
    const samples = await this.rounds(project, short ? 5 : 15);
    return [overFloor(rows.small, samples), overFirst(rows.again, samples)].filter(({ row }) => wanted.has(row.id));
  }

  /** P-51. */
  async large(): Promise<Figure[]> {
    if (!this.options.wanted.has(rows.large.id)) return [];
    const project = await this.stage.writeProject('large', largeBytes);
    return [overFloor(rows.large, await this.rounds(project, this.options.short ? 2 : 7))];
  }

  /** P-53. */
  async memory(): Promise<Result[]> {
    if (!this.options.wanted.has(rows.memory.id)) return [];
    if (!showsProcesses) return notRun([rows.memory], 'this system does not show the memory of a process');
    const project = await this.stage.writeProject('memory', largeBytes);
    const peaks: number[] = [];
    for (let round = 0; round < (this.options.short ? 1 : 3); round += 1) {
      peaks.push(await this.stage.memoryOfDeploy(project));
      await this.stage.clear();
    }
    const detail = `${peaks.map((peak) => peak.toFixed(0)).join(', ')} MiB at their peaks`;
    return [{ row: rows.memory, value: median(peaks), detail }];
  }

  /** Floor, list and deploy take turns; the same deploy comes again right behind the first, and then everything is deleted. */
  private async rounds(project: BenchProject, count: number): Promise<readonly Round[]> {
    const { stage } = this;
    await stage.deploy(project);
    await stage.clear();
    const samples = await interleave<readonly number[]>(
      {
        floor: async () => [await stage.putAll(project)],
        list: async () => [await stage.list()],
        deploys: async () => {
          const walls = [await stage.deploy(project), await stage.deploy(project)];
          await stage.clear();
          return walls;
        },
      },
      count,
      this.options.onRound,
    );
    return samples('deploys').map(([first = Number.NaN, again = Number.NaN], round) => {
      const [floor = Number.NaN] = samples('floor')[round] ?? [];
      const [list = Number.NaN] = samples('list')[round] ?? [];
      return { floor, list, first, again };
    });
  }
}

function overFloor(row: Row, samples: readonly Round[]): Figure {
  const [first, list, floor] = (['first', 'list', 'floor'] as const).map((key) =>
    median(samples.map((round) => round[key])),
  );
  const detail = `${ms(first)} less ${ms(list)} for the list, over ${ms(floor)}`;
  return { row, value: median(samples.map((round) => (round.first - round.list) / round.floor)), detail };
}

function overFirst(row: Row, samples: readonly Round[]): Figure {
  const [again, first] = (['again', 'first'] as const).map((key) => median(samples.map((round) => round[key])));
  return {
    row,
    value: median(samples.map((round) => round.again / round.first)),
    detail: `${ms(again)} over ${ms(first)}`,
  };
}

function ms(value = Number.NaN): string {
  return `${value.toFixed(0)} ms`;
}
