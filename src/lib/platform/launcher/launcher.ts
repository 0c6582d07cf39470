import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../entity/clock.js';
import { PlatformError } from '../../errors/client-errors.js';
import { ControlClient, ControlFailure } from '../control-client.js';
import type { PlatformPaths } from '../platform-paths.js';
import { platformProtocol, type PlatformState } from '../state-file.js';
import { refuseCrashLoop } from './crash-history.js';
import { type Inspection, inspectPlatform } from './inspect-platform.js';
import { launch, type LaunchDeps } from './launch.js';
import type { PlatformOptions } from './platform-options.js';
import { ensurePrivateFolder } from './private-folder.js';
import { failureOf, type LaunchAnswer, type LaunchRequest } from './start-messages.js';
import { stopPlatform } from './stop-platform.js';

/** What the launcher works with. */
export interface LauncherDeps extends LaunchDeps {
  readonly paths: PlatformPaths;
  /** Version of this client, and of the platforms that it starts. */
  readonly version: string;
  /** Number of the user, where there are numbers. */
  readonly user: number | undefined;
  readonly clock: Clock;
}

/** A platform that runs now. */
export interface EnsuredPlatform {
  readonly state: PlatformState;
  /** Whether this call started it. */
  readonly started: boolean;
  /** Version of the platform that this call replaced, because it spoke another protocol (RS-150). */
  readonly replaced?: string;
  /** The process, when it runs in the foreground. */
  readonly child?: ChildProcess;
}

/** Milliseconds between two looks at a platform that somebody else starts. */
const pollInterval = 20;

/** Milliseconds after which it is tried again to start one: the other may have failed. */
const respawnInterval = 3_000;

/** Time for activations when a platform of another protocol is replaced: there are none. */
const replaceTimeout = 1_000;

/** Finds or starts the one platform of an RT_HOME. */
export class PlatformLauncher {
  constructor(private readonly deps: LauncherDeps) {}

  /**
   * The running platform, or a new one with these options. Of many callers at once one starts it and the others wait for it (RS-141).
   * Rejects with PlatformError.
   */
  async ensure(options: PlatformOptions, { foreground = false } = {}): Promise<EnsuredPlatform> {
    const { clock, wait } = this.deps;
    const end = clock.monotonic() + wait;
    let replaced: string | undefined;
    for (;;) {
      const found = await inspectPlatform(this.deps.paths);
      if (found.kind === 'silent') await this.awaitChange(found, end);
      if (found.kind === 'running') {
        if (found.state.protocol === platformProtocol) return { state: found.state, started: false };
        await this.replace(found.state);
        replaced = found.state.version;
      }
      const started = await this.start(options, foreground);
      if (started !== undefined) return { ...started, ...(replaced === undefined ? {} : { replaced }) };
      await this.awaitOther(end);
    }
  }

  /** Runs a task of the platform program that ends by itself, such as `reset`. */
  async run(request: LaunchRequest): Promise<LaunchAnswer> {
    this.prepareFolders();
    const { answer } = await launch(request, this.deps);
    if (answer.type === 'failed') throw failureOf(answer, this.deps.paths.log);
    return answer;
  }

  /** Starts one; undefined when somebody else has the lock. */
  private async start(options: PlatformOptions, foreground: boolean): Promise<EnsuredPlatform | undefined> {
    const { paths, version, clock } = this.deps;
    refuseCrashLoop(paths, clock.now());
    this.prepareFolders();
    const { answer, child } = await launch({ task: 'start', paths, options, version, foreground }, this.deps);
    if (answer.type === 'failed') throw failureOf(answer, paths.log);
    if (answer.type !== 'ready') return undefined;
    return { state: answer.state, started: true, ...(foreground ? { child } : {}) };
  }

  private prepareFolders(): void {
    const { paths, user } = this.deps;
    ensurePrivateFolder(paths.run, user);
    if (paths.socketFolder !== undefined) ensurePrivateFolder(paths.socketFolder, user);
  }

  /** Waits for a platform that another caller is starting. Resolves when it answers, or when it is worth trying oneself. */
  private async awaitOther(end: number): Promise<void> {
    const { clock, paths } = this.deps;
    const until = Math.min(end, clock.monotonic() + respawnInterval);
    const control = new ControlClient({ socket: paths.socket, timeout: respawnInterval });
    while (clock.monotonic() < until) {
      await delay(pollInterval);
      if (await answers(control)) return;
    }
    if (clock.monotonic() < end) return;
    throw new PlatformError('another process holds the local platform, and it does not become ready', {
      hint: `the log is ${paths.log}; rt platform stop --force ends it`,
    });
  }

  /** A process without a socket may be starting or stopping; one that keeps its socket and is silent hangs, and stays alone (RS-130). */
  private async awaitChange(found: Inspection & { readonly kind: 'silent' }, end: number): Promise<void> {
    const { clock, paths } = this.deps;
    let current: Inspection = found;
    while (current.kind === 'silent' && current.absent && clock.monotonic() < end) {
      await delay(pollInterval);
      current = await inspectPlatform(paths);
    }
    if (current.kind !== 'silent') return;
    const pid = current.state === undefined ? '' : ` (pid ${String(current.state.pid)})`;
    throw new PlatformError(`the local platform${pid} does not answer`, {
      hint: 'rt platform stop --force ends it',
      cause: new Error(current.reason),
    });
  }

  private async replace(state: PlatformState): Promise<void> {
    const control = new ControlClient({ socket: state.socket, timeout: respawnInterval });
    const { inFlight } = await control.status();
    if (inFlight > 0) {
      throw new PlatformError(
        `the local platform ${state.version} is busy and does not fit to this rt ${this.deps.version}`,
        { hint: 'rt platform restart' },
      );
    }
    await stopPlatform(this.deps, { force: false, timeout: replaceTimeout });
  }
}

async function answers(control: ControlClient): Promise<boolean> {
  try {
    await control.state();
    return true;
  } catch (error) {
    if (error instanceof ControlFailure) return false;
    throw error;
  }
}
