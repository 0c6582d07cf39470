import { homedir } from 'node:os';
import { findEngine, hasImage } from '../../../src/lib/containers/docker/find-engine.js';
import { DockerContainerFactory } from '../../../src/lib/containers/docker/docker-container-factory.js';
import type { EngineAddress } from '../../../src/lib/containers/docker/engine-address.js';
import { systemClock } from '../../../src/lib/entity/clock.js';
import { RuntimeManifest } from '../../../src/lib/runtime-manifest/runtime-manifest.js';
import { RecordingLog } from '../../helpers/recording-log.js';
import { childCost } from '../child-cost.js';
import { interleave } from '../interleave.js';
import { Playground } from '../playground.js';
import { Rest } from '../rest.js';
import { type Figure, type MeasureOptions, notRun, type Result, type Row, type Suite } from '../row.js';
import { median, medianRatio } from '../statistics.js';
import { greetCode } from './greet.js';
import { firstAnswer } from './proxy-forks.js';

const direction = 'atMost';

const ROWS = {
  warm: { id: 'P-13', what: 'invoke -r, warm, docker less process, over node -e 0', direction, gate: 0.3, goal: 0.3 },
  stem: { id: 'P-13b', what: 'the same, new action', direction, gate: 0.5, goal: 0.5 },
  cold: { id: 'P-32', what: 'docker driver, no stem cell, over D0', direction, gate: 1.5, goal: 1.15 },
  first: { id: 'P-33', what: 'docker driver, stem cell, over D0', direction, gate: 0.1, goal: 0.04 },
  paused: { id: 'P-34', what: 'docker driver, paused and initialised, over D0', direction, gate: 0.15, goal: 0.06 },
} as const satisfies Record<string, Row>;

/** P-13 and P-32 to P-34: the Docker driver, where an engine has the image of the default kind. */
export const dockerSuite: Suite = {
  rows: Object.values(ROWS),
  onlyInFull: true,
  async measure(options: MeasureOptions): Promise<Result[]> {
    const engine = await findBenchEngine();
    if ('missing' in engine) return notRun(this.rows, engine.missing);
    const stage = await DockerStage.open(engine);
    try {
      return await stage.measure(options);
    } finally {
      await stage.dispose();
    }
  },
};

interface BenchEngine {
  readonly address: EngineAddress;
  readonly kind: string;
  readonly image: string;
  readonly manifest: RuntimeManifest;
}

async function findBenchEngine(): Promise<BenchEngine | { readonly missing: string }> {
  const user = process.getuid?.();
  const found = await findEngine({ environment: process.env, home: homedir(), platform: process.platform, user });
  if ('fault' in found) return { missing: `no engine: ${found.fault}` };
  const manifest = RuntimeManifest.builtIn(Number(process.versions.node.split('.')[0]));
  const resolved = manifest.resolve('nodejs:default');
  if (resolved === undefined) return { missing: 'the manifest has no default kind' };
  const { kind, image } = resolved;
  if (!(await hasImage(found.address, image))) return { missing: `no image of ${kind}: rt kind pull ${kind}` };
  return { address: found.address, kind, image, manifest };
}

/** One platform on each driver, and D0: the same image by the engine's API, dialled when its start has returned. */
class DockerStage {
  private actions = 0;
  /** MB; a size that no action had before has no stem cell. */
  private memory = 256;

  private constructor(
    private readonly engine: BenchEngine,
    private readonly floor: DockerContainerFactory,
    private readonly playgrounds: { readonly docker: Playground; readonly process: Playground },
    private readonly rest: Rest,
  ) {}

  static async open(engine: BenchEngine): Promise<DockerStage> {
    const { address, manifest } = engine;
    const mark = `bench-${String(process.pid)}`;
    const floor = new DockerContainerFactory({
      ...{ address, manifest, mark, owner: mark, platform: process.platform, poolMemory: 2048, pull: 'never' },
      ...{ log: new RecordingLog(), clock: systemClock },
    });
    const host = { DOCKER_HOST: address.name, RT_PLATFORM_DRIVER: 'docker' };
    const docker = await Playground.create(host);
    const beside = await Playground.create();
    const started = await docker.startPlatform('--pool', '16GB');
    await beside.startPlatform('--pool', '16GB');
    for (const playground of [docker, beside]) await playground.run('action', 'create', 'greet', 'greet.js');
    return new DockerStage(engine, floor, { docker, process: beside }, new Rest(started));
  }

  async measure({ wanted, short, onRound }: MeasureOptions): Promise<Figure[]> {
    const rounds = short ? 3 : 15;
    const figures: Figure[] = [];
    const lines = ['warm', 'stem'] as const;
    if (lines.some((name) => wanted.has(ROWS[name].id))) figures.push(...(await this.measureLines(rounds, onRound)));
    const starts = (['cold', 'first', 'paused'] as const).filter((name) => wanted.has(ROWS[name].id));
    if (starts.length === 0) return figures;
    const contestants = {
      ...Object.fromEntries(starts.map((name) => [name, () => this.start(name)])),
      D0: () => this.d0(),
    };
    const samples = await interleave(contestants, rounds, onRound);
    const measured = starts.map((name) => {
      const detail = `${median(samples(name)).toFixed(1)} / ${median(samples('D0')).toFixed(1)} ms`;
      return { row: ROWS[name], value: medianRatio(samples(name), samples('D0')), detail };
    });
    return [...figures, ...measured];
  }

  async dispose(): Promise<void> {
    this.rest.dispose();
    await this.floor.dispose();
    await this.playgrounds.docker.dispose();
    await this.playgrounds.process.dispose();
  }

  private async measureLines(rounds: number, onRound: () => void): Promise<Figure[]> {
    const wall = async (playground: Playground, fresh: boolean): Promise<number> => {
      const action = fresh ? this.nextName() : 'greet';
      if (fresh) await playground.run('action', 'create', action, 'greet.js');
      await playground.untilIdle();
      const words = ['action', 'invoke', action, '--result', '-p', 'name', 'Bob'];
      return (await childCost(playground.command(...words), playground.env)).wall;
    };
    const contestants = {
      floor: async () => (await childCost([process.execPath, '-e', '0'], this.playgrounds.process.env)).wall,
      'docker warm': () => wall(this.playgrounds.docker, false),
      'process warm': () => wall(this.playgrounds.process, false),
      'docker stem': () => wall(this.playgrounds.docker, true),
      'process stem': () => wall(this.playgrounds.process, true),
    };
    const samples = await interleave(contestants, rounds, onRound);
    return (['warm', 'stem'] as const).map((name) => {
      const beside = samples(`process ${name}`);
      const ours = samples(`docker ${name}`);
      const less = ours.map((value, round) => value - (beside[round] ?? Number.NaN));
      const detail = `${median(ours).toFixed(0)} / ${median(beside).toFixed(0)} ms`;
      return { row: ROWS[name], value: medianRatio(less, samples('floor')), detail };
    });
  }

  private async start(name: 'cold' | 'first' | 'paused'): Promise<number> {
    if (name === 'cold') this.memory += 1;
    const action = this.nextName();
    await this.rest.putAction(action, greetCode, name === 'cold' ? this.memory : 256);
    await this.playgrounds.docker.untilIdle();
    if (name === 'paused') {
      await this.rest.invoke(action);
      await this.untilPaused(action);
    }
    const time = await this.rest.invoke(action);
    await this.rest.deleteAction(action);
    return time;
  }

  private async d0(): Promise<number> {
    const begin = performance.now();
    const container = await firstAnswer(this.floor, this.engine);
    const time = performance.now() - begin;
    await container.destroy();
    return time;
  }

  private async untilPaused(action: string): Promise<void> {
    const end = performance.now() + 60_000;
    for (;;) {
      const runtimes = await this.playgrounds.docker.runtimes();
      if (runtimes.some((runtime) => runtime.state === 'paused' && runtime.action?.endsWith(`/${action}`))) return;
      if (performance.now() > end) throw new Error('the container is not paused');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private nextName(): string {
    this.actions += 1;
    return `new${String(this.actions)}`;
  }
}
