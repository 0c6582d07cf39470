import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Container, RuntimeBounds, RuntimeOutcome } from '../../src/lib/containers/container.js';
import {
  ProcessContainerFactory,
  type ProcessDriverOptions,
} from '../../src/lib/containers/process/process-container-factory.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import { RuntimeManifest } from '../../src/lib/runtime-manifest/runtime-manifest.js';
import { RecordingLog } from './recording-log.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Bounds that no test means to reach. */
export const wideBounds: RuntimeBounds = { timeout: 15_000, responseLimit: 1024 * 1024 };

/** Folder of the launchers in the sources. */
const launchersFolder = join(root, 'src', 'lib', 'containers', 'process', 'launchers');

/** A process driver with a folder of its own; `remove` ends all of it. */
export class TestDriver {
  private constructor(
    readonly folder: string,
    readonly options: ProcessDriverOptions,
    readonly factory: ProcessContainerFactory,
  ) {}

  static async start(overrides: Partial<ProcessDriverOptions> = {}): Promise<TestDriver> {
    const folder = await mkdtemp(join(tmpdir(), 'rt-driver-'));
    const options: ProcessDriverOptions = {
      launchers: launchersFolder,
      modules: [join(root, 'node_modules')],
      boxes: join(folder, 'boxes'),
      builds: join(folder, 'builds'),
      sandbox: 'limits',
      mark: `test-${folder}`,
      node: process.execPath,
      path: process.env.PATH ?? '',
      log: new RecordingLog(),
      clock: systemClock,
      manifest: RuntimeManifest.builtIn(Number(process.versions.node.split('.')[0])),
      ...overrides,
    };
    return new TestDriver(folder, options, new ProcessContainerFactory(options));
  }

  create(kind: string, environment: Readonly<Record<string, string>> = {}, image = 'test'): Promise<Container> {
    return this.factory.create({ kind, image, memory: 256, environment, purpose: `test/${kind}` });
  }

  /** A container that has loaded this source. */
  async createWith(kind: string, code: string, main = 'main'): Promise<Container> {
    const container = await this.create(kind);
    const outcome = await initialize(container, { code, main, binary: false });
    if (outcome.type !== 'answer' || outcome.status !== 200) throw new Error(JSON.stringify(outcome));
    return container;
  }

  async remove(): Promise<void> {
    await this.factory.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The environment of this process, from which compilers learn where their caches are. */
export function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

export function initialize(
  container: Container,
  value: { readonly code: string; readonly main?: string; readonly binary?: boolean; readonly env?: object },
): Promise<RuntimeOutcome> {
  const body = { value: { name: 'test', main: 'main', binary: false, ...value } };
  return container.send('/init', JSON.stringify(body), wideBounds);
}

export function run(container: Container, value: unknown = {}, bounds = wideBounds): Promise<RuntimeOutcome> {
  return container.send('/run', JSON.stringify({ value }), bounds);
}

/** The parsed result of a run that must answer 200. */
export async function resultOf(outcome: Promise<RuntimeOutcome>): Promise<Record<string, unknown>> {
  const answer = await outcome;
  if (answer.type !== 'answer' || answer.status !== 200) throw new Error(JSON.stringify(answer));
  return JSON.parse(answer.body) as Record<string, unknown>;
}

/** The texts of the collected lines, by stream. */
export async function collect(
  container: Container,
  options = { limit: 10 * 1024 * 1024, developerError: false },
): Promise<{ stdout: string[]; stderr: string[]; truncated: boolean }> {
  const { lines, truncated } = await container.collectLogs(options);
  const of = (stream: string): string[] =>
    lines.filter((line) => line.startsWith(`${stream}: `, 31)).map((line) => line.slice(31 + stream.length + 2));
  return { stdout: of('stdout'), stderr: of('stderr'), truncated };
}
