import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../src/lib/entity/clock.js';
import { type EnsuredPlatform, type LauncherDeps, PlatformLauncher } from '../../src/lib/platform/launcher/launcher.js';
import { defaultPlatformOptions, type PlatformOptions } from '../../src/lib/platform/launcher/platform-options.js';
import { type StopOptions, type StopOutcome, stopPlatform } from '../../src/lib/platform/launcher/stop-platform.js';
import { type PlatformPaths, platformPaths } from '../../src/lib/platform/platform-paths.js';
import { identify, type ProcessIdentity, signalProcess } from '../../src/lib/platform/process-identity.js';
import { readPlatformState, type PlatformState } from '../../src/lib/platform/state-file.js';
import { packagesFolder, platformBundle } from './platform-bundle.js';
import { temporaryFolder } from './temporary-folder.js';

/** An answer of the REST API. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A private RT_HOME and real platform processes in it, on free ports. `dispose` ends and removes all of it. */
export class TestPlatform {
  private readonly seen = new Map<number, ProcessIdentity>();

  private constructor(
    readonly paths: PlatformPaths,
    readonly deps: LauncherDeps,
    private readonly removeFolder: () => void,
  ) {}

  /** `name` makes the path of RT_HOME longer. */
  static async create(name = 'home'): Promise<TestPlatform> {
    const folder = temporaryFolder('rt-platform-');
    const paths = platformPaths({
      env: { RT_HOME: `${folder.path}/${name}` },
      home: folder.path,
      cwd: folder.path,
      temporary: folder.path,
      platform: process.platform,
      user: process.getuid?.(),
    });
    const deps: LauncherDeps = {
      paths,
      program: await platformBundle(),
      version: '0.0.0-test',
      environment: { ...process.env, NODE_PATH: packagesFolder },
      user: process.getuid?.(),
      clock: systemClock,
      wait: 30_000,
    };
    return new TestPlatform(paths, deps, () => {
      folder.dispose();
    });
  }

  async ensure(given: Partial<PlatformOptions> = {}): Promise<EnsuredPlatform> {
    const ensured = await new PlatformLauncher(this.deps).ensure({
      ...defaultPlatformOptions,
      driver: 'process',
      port: 0,
      ...given,
    });
    this.remember(ensured.state);
    return ensured;
  }

  stop(given: Partial<StopOptions> = {}): Promise<StopOutcome> {
    return stopPlatform(this.deps, { force: false, timeout: 5_000, ...given });
  }

  /** Sends a signal to the platform that runs. */
  signal(signal: NodeJS.Signals): void {
    const state = readPlatformState(this.paths);
    if (state === undefined || !signalProcess(state, signal)) throw new Error('no platform runs');
  }

  /** Ends the platform as the kernel does when memory is short, and waits until it is gone. */
  async kill(): Promise<void> {
    const state = readPlatformState(this.paths);
    this.signal('SIGKILL');
    await eventually(() => state !== undefined && identify(state.pid)?.startTime !== state.startTime);
  }

  /** A request to the REST API of the running platform with the key of its default subject. */
  async request(method: string, path: string, body?: unknown): Promise<Answer> {
    const state = readPlatformState(this.paths);
    if (state === undefined) throw new Error('no platform runs');
    const response = await fetch(`${state.url}/api/v1/namespaces/_/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(state.auth).toString('base64')}`,
        'content-type': 'application/json',
        connection: 'close',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Creates or replaces a Node.js action. */
  putAction(name: string, code: string): Promise<Answer> {
    return this.request('PUT', `actions/${name}?overwrite=true`, { exec: { kind: 'nodejs:default', code } });
  }

  async dispose(): Promise<void> {
    for (const process of this.seen.values()) {
      signalProcess(process, 'SIGCONT');
      signalProcess(process, 'SIGKILL');
    }
    await eventually(() =>
      [...this.seen.values()].every(({ pid, startTime }) => identify(pid)?.startTime !== startTime),
    );
    this.removeFolder();
  }

  private remember(state: PlatformState): void {
    this.seen.set(state.pid, state);
  }
}

/** Resolves as soon as the condition holds; rejects when it does not within 15 s. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 15_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`never came true: ${condition.toString()}`);
    await delay(10);
  }
}
