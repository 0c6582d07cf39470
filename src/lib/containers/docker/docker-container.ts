import type { CollectedLogs, Container, RuntimeBounds, RuntimeOutcome } from '../container.js';
import type { CollectOptions, StreamCollector } from '../stream-collector.js';
import type { Engine } from './engine.js';
import type { RuntimeLink } from './runtime-link.js';

interface DockerContainerDeps {
  readonly id: string;
  /** The engine's id of it. */
  readonly engineId: string;
  readonly kind: string;
  /** MB. */
  readonly memory: number;
  readonly engine: Engine;
  readonly link: RuntimeLink;
  readonly collector: StreamCollector;
  readonly gone: Promise<void>;
  /** Told when nothing of it is left. */
  readonly onDestroyed: (container: Container) => void;
}

/** Characters of an id that `docker ps` shows. */
const shortId = 12;

/** A container of the Docker driver. */
export class DockerContainer implements Container {
  readonly id: string;
  readonly kind: string;
  readonly memory: number;
  readonly driverId: string;
  readonly gone: Promise<void>;
  private destruction: Promise<void> | undefined;

  constructor(private readonly deps: DockerContainerDeps) {
    this.id = deps.id;
    this.kind = deps.kind;
    this.memory = deps.memory;
    this.driverId = deps.engineId.slice(0, shortId);
    this.gone = deps.gone;
  }

  send(route: string, body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    if (this.destruction !== undefined) return Promise.resolve({ type: 'unreachable' });
    this.deps.collector.begin();
    return this.deps.link.send(route, body, bounds);
  }

  collectLogs(options: CollectOptions): Promise<CollectedLogs> {
    return this.deps.collector.take(options);
  }

  pause(): Promise<void> {
    return this.deps.engine.pause(this.deps.engineId);
  }

  resume(): Promise<void> {
    return this.deps.engine.unpause(this.deps.engineId);
  }

  destroy(): Promise<void> {
    this.destruction ??= this.end();
    return this.destruction;
  }

  private async end(): Promise<void> {
    try {
      await this.deps.engine.remove(this.deps.engineId);
    } finally {
      this.deps.onDestroyed(this);
    }
  }
}
