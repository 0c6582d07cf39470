import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Container } from '../../../src/lib/containers/container.js';
import type { ContainerFactory } from '../../../src/lib/containers/container-factory.js';
import { ProcessContainerFactory } from '../../../src/lib/containers/process/process-container-factory.js';
import { systemClock } from '../../../src/lib/entity/clock.js';
import { RuntimeManifest } from '../../../src/lib/runtime-manifest/runtime-manifest.js';
import { RecordingLog } from '../../helpers/recording-log.js';
import { greetBody } from '../rest.js';
import { greetCode } from './greet.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bounds = { timeout: 60_000, responseLimit: 1024 * 1024 };
const kind = 'nodejs:20';

/** A container as the floors make it. */
export interface FloorRequest {
  readonly kind: string;
  readonly image: string;
}

/** Makes a container, initializes it and runs it once; it has answered when this resolves. */
export async function firstAnswer(factory: ContainerFactory, { kind, image }: FloorRequest): Promise<Container> {
  const container = await factory.create({ kind, image, memory: 256, environment: {}, purpose: 'floor' });
  await post(container, '/init', { name: 'greet', main: 'main', binary: false, code: greetCode });
  await post(container, '/run', JSON.parse(greetBody));
  await container.collectLogs({ limit: 1024 * 1024, developerError: false });
  return container;
}

/** F0: our launcher in a new node, with nothing of the platform around it: spawn, `/init`, first `/run`. */
export class ProxyForks {
  private constructor(
    private readonly folder: string,
    private readonly factory: ProcessContainerFactory,
  ) {}

  static async create(): Promise<ProxyForks> {
    const folder = await mkdtemp(join(tmpdir(), 'rt-bench-forks-'));
    const factory = new ProcessContainerFactory({
      launchers: join(root, 'src/lib/containers/process/launchers'),
      modules: [join(root, 'node_modules')],
      boxes: join(folder, 'boxes'),
      builds: join(folder, 'builds'),
      sandbox: 'none',
      mark: `bench-${folder}`,
      node: process.execPath,
      path: process.env.PATH ?? '',
      log: new RecordingLog(),
      clock: systemClock,
      manifest: RuntimeManifest.builtIn(Number(process.versions.node.split('.')[0])),
    });
    const forks = new ProxyForks(folder, factory);
    // Starts the guardian, which a platform has from its start on.
    await forks.first(1);
    return forks;
  }

  /** Milliseconds from spawning so many at once until the last of them has answered its first run. */
  async first(count: number): Promise<number> {
    const begin = performance.now();
    const containers = await Promise.all(
      Array.from({ length: count }, () => firstAnswer(this.factory, { kind, image: 'bench' })),
    );
    const time = performance.now() - begin;
    await Promise.all(containers.map((container) => container.destroy()));
    return time;
  }

  async dispose(): Promise<void> {
    await this.factory.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function post(container: Container, route: string, value: unknown): Promise<void> {
  const outcome = await container.send(route, JSON.stringify({ value }), bounds);
  if (outcome.type !== 'answer' || outcome.status !== 200) throw new Error(`${route}: ${JSON.stringify(outcome)}`);
}
