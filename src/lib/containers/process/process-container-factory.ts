import { randomBytes } from 'node:crypto';
import { BriefWait } from '../../entity/brief-wait.js';
import type { Clock } from '../../entity/clock.js';
import type { Log } from '../../entity/log.js';
import type { RuntimeManifest } from '../../runtime-manifest/runtime-manifest.js';
import type { Container } from '../container.js';
import {
  ContainerCreationError,
  type ContainerFactory,
  type ContainerRequest,
  type KindAvailability,
} from '../container-factory.js';
import { claimBoxes, createBox, removeBox, removeOtherBoxes } from './box.js';
import { BuildCache } from './build/build-cache.js';
import { BuildTools } from './build/build-tools.js';
import { Guardian } from './guardian.js';
import { Interpreters } from './interpreters.js';
import { killMarked } from './marked-processes.js';
import { ProcessContainer } from './process-container.js';
import { ProgramSearch } from './program-search.js';
import { runtimeEnvironment } from './runtime-environment.js';
import type { FoundInterpreter } from './languages/language.js';
import { PipeTurns } from './pipe-turns.js';
import { findRuntimeStarter, type RuntimeStarter } from './runtime-starter.js';
import { LimitWatch } from './sandbox/limit-watch.js';
import { Sandbox } from './sandbox/sandbox.js';
import type { SandboxMode } from './sandbox/sandbox-options.js';
import { StreamCollector } from '../stream-collector.js';

/** What the process driver needs to know about this machine and this platform. */
export interface ProcessDriverOptions {
  /** Folder of `nodejs.cjs`, `python.py`, … */
  readonly launchers: string;
  /** Folders that may hold the `openwhisk` package, which actions can require. */
  readonly modules: readonly string[];
  /** Folder of the boxes, absolute; made when it is missing. */
  readonly boxes: string;
  /** Folder of what compilers have made, absolute; it survives the platform. */
  readonly builds: string;
  /** What holds the actions back (reliability-and-security.md §2.5). */
  readonly sandbox: SandboxMode;
  /** Id of the data folder; the processes of its platforms are recognised by it, also after a crash. */
  readonly mark: string;
  /** The node that runs the platform, absolute. */
  readonly node: string;
  /** The version of that node; that of the running one when absent. */
  readonly nodeVersion?: string;
  /** PATH of the actions, in which interpreters are looked for too. */
  readonly path: string;
  /** Folders that no action sees where namespaces hide anything. */
  readonly hidden?: readonly string[];
  /** Values of the user's environment; only `LC_*` and `TZ` reach an action, compilers learn where their caches are. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly clock: Clock;
  readonly manifest: Pick<RuntimeManifest, 'resolve'>;
  /** Whether idle containers are stopped with SIGSTOP; off by default (action-interface.md §5.1). */
  readonly pause?: boolean;
}

/**
 * Runs actions as ordinary child processes, without isolation: each container is one interpreter with our launcher, its own process group,
 * a clean environment and a private folder. A guardian sees to it that none of them outlives the platform (RS-143).
 */
export class ProcessContainerFactory implements ContainerFactory {
  readonly driver = 'process';
  /** Tells the containers of this platform from those that an earlier one with the same data folder has left. */
  private readonly instance = randomBytes(8).toString('hex');
  private readonly interpreters: Interpreters;
  private readonly guardian: Guardian;
  private readonly sandbox: Sandbox;
  private readonly watch: LimitWatch;
  private readonly builds: BuildCache;
  private readonly tools: BuildTools;
  private readonly containers = new Set<Container>();
  private readonly turns = new PipeTurns();
  private readonly wait = new BriefWait(1);
  private claimed = false;
  private disposed = false;

  constructor(private readonly options: ProcessDriverOptions) {
    const { path, node, nodeVersion = process.versions.node, log, clock, environment = {} } = options;
    const home = environment.HOME;
    this.interpreters = new Interpreters({ search: new ProgramSearch(path), node, nodeVersion, log, environment });
    this.guardian = new Guardian(`${options.mark}:${this.instance}:`);
    this.sandbox = new Sandbox({
      ...{ mode: options.sandbox, path, home },
      visible: [options.launchers, options.builds, ...options.modules],
      hidden: options.hidden ?? [],
      onFallback: (message) => {
        log.warn('containers', message);
      },
    });
    this.watch = new LimitWatch({
      clock,
      enabled: options.sandbox !== 'none',
      ownMemory: () => process.memoryUsage.rss(),
    });
    this.builds = new BuildCache({ folder: options.builds, clock });
    const mark = `${options.mark}:${this.instance}:build`;
    this.tools = new BuildTools({ clock, guardian: this.guardian, path, environment, mark });
  }

  /** What really holds actions back here: `none`, `limits` or `namespaces`. */
  isolation(): Promise<SandboxMode> {
    return this.sandbox.isolation();
  }

  async create(request: ContainerRequest): Promise<Container> {
    if (this.disposed) throw new ContainerCreationError('platform', 'the platform is stopping');
    const starter = this.findStarter(request.kind, request.image);
    const interpreter = await starter.interpreter(this.interpreters, request.kind);
    if ('missing' in interpreter)
      throw new ContainerCreationError('platform', `${request.kind}: ${interpreter.missing}`);
    this.interpreters.warnOfSubstitute(request.kind, interpreter);
    const box = this.createBox();
    try {
      return await this.start(request, starter, { interpreter, box });
    } catch (error) {
      await removeBox(box);
      const text = error instanceof Error ? error.message : String(error);
      throw new ContainerCreationError('platform', `${request.kind}: ${text}`, { cause: error });
    }
  }

  async availability(kind: string): Promise<KindAvailability> {
    const image = this.options.manifest.resolve(kind)?.image ?? '';
    const starter = findRuntimeStarter(this.familyOf(kind), image);
    if (starter === undefined) return { available: false, missing: noLauncher(this.familyOf(kind), image) };
    const interpreter = await starter.interpreter(this.interpreters, kind);
    return 'missing' in interpreter
      ? { available: false, missing: interpreter.missing }
      : { available: true, detail: interpreter.detail };
  }

  /** Ends what a platform with the same data folder has left behind after a crash. Only for the owner of its lock (RS-143). */
  async removeLeftovers(): Promise<number> {
    const { mark, clock, boxes } = this.options;
    const own = `${mark}:${this.instance}:`;
    const killed = await killMarked((other) => other.startsWith(`${mark}:`) && !other.startsWith(own), clock);
    await removeOtherBoxes(boxes, this.instance);
    return killed;
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await Promise.all([...this.containers].map((container) => container.destroy()));
    await killMarked((mark) => mark.startsWith(`${this.options.mark}:${this.instance}:`), this.options.clock);
    await this.guardian.dismiss();
  }

  private async start(
    request: ContainerRequest,
    starter: RuntimeStarter,
    { interpreter, box }: { readonly interpreter: FoundInterpreter; readonly box: string },
  ): Promise<Container> {
    const { clock, log, launchers, modules, path, environment = {}, pause = false } = this.options;
    const id = randomBytes(16).toString('hex');
    const mark = `${this.options.mark}:${this.instance}:${id}`;
    const collector = new StreamCollector({
      clock,
      awaitEnd: this.turns.afterRead,
      onStray: (bytes) => {
        log.debug('containers', `${request.purpose}: ${String(bytes)} bytes of output between activations`);
      },
    });
    const watch = this.watch.open(request.memory, mark);
    const proxy = await starter.start({
      ...{ interpreter, box, launchers, modules, memory: request.memory, container: request.environment, watch },
      ...{ sandbox: this.sandbox, builds: this.builds, tools: this.tools },
      environment: (language) =>
        runtimeEnvironment({ path, box, inherited: environment, container: request.environment, language, mark }),
      collector,
      clock,
      guardian: this.guardian,
      onViolation: (message) => {
        log.warn('containers', `${request.purpose}: ${message}; the container is destroyed`);
      },
    });
    const { kind, memory } = request;
    const onDestroyed = (ended: Container): void => void this.containers.delete(ended);
    const container = new ProcessContainer({
      ...{ id, kind, memory, proxy, collector, watch, box, mark, pause, clock, wait: this.wait },
      onDestroyed,
    });
    this.containers.add(container);
    if (this.disposed) await container.destroy();
    return container;
  }

  private findStarter(kind: string, image: string): RuntimeStarter {
    const family = this.familyOf(kind);
    const starter = findRuntimeStarter(family, image);
    if (starter !== undefined) return starter;
    const missing = noLauncher(family, image);
    throw new ContainerCreationError('platform', family === 'blackbox' ? missing : `${kind}: ${missing}`);
  }

  private familyOf(kind: string): string {
    if (kind === 'blackbox') return kind;
    return this.options.manifest.resolve(kind)?.family ?? kind.split(':', 1)[0] ?? kind;
  }

  private createBox(): string {
    try {
      if (!this.claimed) claimBoxes(this.options.boxes);
      this.claimed = true;
      return createBox(this.options.boxes, this.instance);
    } catch (error) {
      this.claimed = false;
      const text = error instanceof Error ? error.message : String(error);
      throw new ContainerCreationError('platform', `no box can be made: ${text}`, { cause: error });
    }
  }
}

/** What is missing for images of users, and for kinds of other families. */
function noLauncher(family: string, image: string): string {
  if (family === 'blackbox') return `image ${image} needs Docker`;
  return `${family} actions need Docker: the process driver has no launcher for them`;
}
