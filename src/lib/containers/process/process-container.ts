import type { BriefWait } from '../../entity/brief-wait.js';
import type { Clock } from '../../entity/clock.js';
import type { CollectedLogs, Container, RuntimeBounds, RuntimeOutcome } from '../container.js';
import { removeBox } from './box.js';
import { killMarked } from './marked-processes.js';
import type { RuntimeProxy } from './runtime-proxy.js';
import type { ContainerWatch } from './sandbox/limit-watch.js';
import type { StreamCollector } from '../stream-collector.js';

interface ProcessContainerDeps {
  readonly id: string;
  readonly kind: string;
  /** MB. */
  readonly memory: number;
  readonly proxy: RuntimeProxy;
  readonly collector: StreamCollector;
  /** Looks after its memory and processes while a request is open. */
  readonly watch: ContainerWatch;
  /** Keeps the platform awake for quick answers; all containers share it. */
  readonly wait: BriefWait;
  readonly box: string;
  /** What the environment of its processes carries. */
  readonly mark: string;
  /** Whether `pause` stops the process group; a no-op otherwise. */
  readonly pause: boolean;
  readonly clock: Clock;
  /** Told when nothing of it is left. */
  readonly onDestroyed: (container: Container) => void;
}

/** A container of the process driver: a child process in its own group with a private folder, the box. */
export class ProcessContainer implements Container {
  readonly id: string;
  readonly kind: string;
  readonly memory: number;
  readonly driverId: string;
  readonly gone: Promise<void>;
  private destruction: Promise<void> | undefined;

  constructor(private readonly deps: ProcessContainerDeps) {
    this.id = deps.id;
    this.kind = deps.kind;
    this.memory = deps.memory;
    this.driverId = String(deps.proxy.processId ?? '-');
    this.gone = deps.proxy.gone;
  }

  async send(route: string, body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    if (this.destruction !== undefined) return { type: 'unreachable' };
    const { collector, watch, proxy, wait } = this.deps;
    collector.begin();
    const end = watch.begin();
    const answer = proxy.send(route, body, bounds);
    wait.begin();
    try {
      return await answer;
    } finally {
      wait.end();
      end();
    }
  }

  collectLogs(options: { readonly limit: number; readonly developerError: boolean }): Promise<CollectedLogs> {
    return this.deps.collector.take(options);
  }

  pause(): Promise<void> {
    if (this.deps.pause) this.deps.proxy.signal('SIGSTOP');
    return Promise.resolve();
  }

  resume(): Promise<void> {
    if (this.deps.pause) this.deps.proxy.signal('SIGCONT');
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.destruction ??= this.end();
    return this.destruction;
  }

  private async end(): Promise<void> {
    const { proxy, watch, mark, clock, box, onDestroyed } = this.deps;
    watch.close();
    await proxy.end();
    await killMarked((other) => other === mark, clock);
    await removeBox(box);
    onDestroyed(this);
  }
}
