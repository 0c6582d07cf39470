import { childCost } from '../child-cost.js';
import { interleave } from '../interleave.js';
import { Playground } from '../playground.js';
import type { Figure, MeasureOptions, Row, Suite } from '../row.js';
import { median, medianRatio } from '../statistics.js';

const direction = 'atMost';

const ROWS = {
  nothing: { id: 'P-10', what: 'invoke -r, nothing running, wall over node -e 0', direction, gate: 9, goal: 6 },
  fresh: { id: 'P-11', what: 'invoke -r, platform up, new action, wall', direction, gate: 4.5, goal: 3 },
  warm: { id: 'P-12', what: 'invoke -r, platform up, warm action, wall', direction, gate: 3.6, goal: 2.5 },
  start: { id: 'P-14', what: 'platform start until it answers, wall', direction, gate: 7, goal: 5 },
} as const satisfies Record<string, Row>;

type Name = keyof typeof ROWS;

/** P-10 to P-14: one command line from nothing to a result, as wall time over `node -e 0`. */
export const firstInvokeSuite: Suite = {
  rows: Object.values(ROWS),
  async measure(options: MeasureOptions): Promise<Figure[]> {
    const running = await Playground.create();
    const stopped = await Playground.create();
    try {
      return await new FirstInvokes(running, stopped).measure(options);
    } finally {
      await running.dispose();
      await stopped.dispose();
    }
  },
};

class FirstInvokes {
  private actions = 0;

  /** `running` keeps its platform for the whole time, that of `stopped` ends after each sample. */
  constructor(
    private readonly running: Playground,
    private readonly stopped: Playground,
  ) {}

  async measure({ wanted, short, onRound }: MeasureOptions): Promise<Figure[]> {
    const names = (['nothing', 'fresh', 'warm', 'start'] as const).filter((name) => wanted.has(ROWS[name].id));
    await this.prepare();
    const contestants = Object.fromEntries(names.map((name) => [name, () => this.sample(name)]));
    const floor = async (): Promise<number> => (await childCost([process.execPath, '-e', '0'], this.running.env)).wall;
    const samples = await interleave({ ...contestants, floor }, short ? 5 : 15, onRound);
    return names.map((name) => {
      const detail = `${median(samples(name)).toFixed(0)} / ${median(samples('floor')).toFixed(0)} ms`;
      return { row: ROWS[name], value: medianRatio(samples(name), samples('floor')), detail };
    });
  }

  private async prepare(): Promise<void> {
    // A pool that the new actions do not fill: in a full one there is no stem cell.
    await this.running.startPlatform('--pool', '16GB');
    for (const playground of [this.running, this.stopped]) {
      await playground.run('action', 'create', 'greet', 'greet.js');
      await playground.run('action', 'invoke', 'greet', '--result', '-p', 'name', 'Bob');
      await playground.run('platform', 'status');
    }
    await this.stopped.run('platform', 'stop');
  }

  private async sample(name: Name): Promise<number> {
    if (name === 'warm') return await this.invoke(this.running, 'greet');
    if (name === 'fresh') {
      this.actions += 1;
      const action = `greet${String(this.actions)}`;
      await this.running.run('action', 'create', action, 'greet.js');
      await this.running.untilIdle();
      return await this.invoke(this.running, action);
    }
    const wall = name === 'nothing' ? await this.invoke(this.stopped, 'greet') : await this.start();
    await this.stopped.run('platform', 'stop');
    return wall;
  }

  private async invoke(playground: Playground, action: string): Promise<number> {
    const command = playground.command('action', 'invoke', action, '--result', '-p', 'name', 'Bob');
    return (await childCost(command, playground.env)).wall;
  }

  private async start(): Promise<number> {
    const command = this.stopped.command('platform', 'start', '--port', '0');
    return (await childCost(command, this.stopped.env)).wall;
  }
}
