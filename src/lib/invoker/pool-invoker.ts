import type { ContainerFactory, ContainerRequest } from '../containers/container-factory.js';
import type { ActivationStore } from '../database/activation-store.js';
import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import { type ActivationFacts, buildActivation } from './activation-builder.js';
import { ActivationJob, type JobPlacement } from './activation-job.js';
import type { ActivationMessage, ExecutableAction } from './activation-message.js';
import { ContainerPool } from './container-pool.js';
import { textsOf } from './executable-texts.js';
import { type ContainerStatus, type FinishedActivation, type Invoker, ShuttingDown } from './invoker.js';
import type { KindSource, PoolConfig } from './pool-config.js';
import type { ContainerBinding } from './pool-job.js';
import { RecordWriter } from './record-writer.js';
import { failure } from './result-mapping.js';

/** Collaborators of the invoker. */
export interface PoolInvokerDeps {
  readonly factory: ContainerFactory;
  readonly store: ActivationStore;
  readonly manifest: KindSource;
  readonly clock: Clock;
  readonly log: Log;
  /** The URL that actions find in `__OW_API_HOST`; asked for each time, because the port is known only after listening. */
  readonly apiHost: () => string;
  readonly config: PoolConfig;
}

/** A placement and what it depends on besides the executable action. */
interface KnownPlacement {
  readonly namespace: string;
  /** What is different whenever the environment of the initialization is. */
  readonly environment: string;
  readonly apiHost: string;
  readonly placement: JobPlacement;
}

/** The invoker over a container pool: message → container → record. */
export class PoolInvoker implements Invoker {
  private readonly pool: ContainerPool;
  private readonly records: RecordWriter;
  private readonly placements = new WeakMap<ExecutableAction, KnownPlacement>();
  private running = 0;
  private draining: Promise<void> | undefined;
  private stopping = false;
  private onIdle: (() => void) | undefined;

  constructor(private readonly deps: PoolInvokerDeps) {
    const { factory, manifest, clock, log, config, store } = deps;
    const environment = (): Readonly<Record<string, string>> => ({ __OW_API_HOST: deps.apiHost() });
    this.pool = new ContainerPool({ factory, manifest, clock, log, config, environment });
    this.records = new RecordWriter({ store, clock, log });
  }

  get inFlight(): number {
    return this.running;
  }

  /** Starts the configured stem cells. To be called once, as soon as the factory can create containers. */
  prewarm(): void {
    this.pool.prewarm();
  }

  activate(message: ActivationMessage): Promise<FinishedActivation> {
    // What belongs to a whole that has begun may go on until the drain is over.
    const refused = message.cause === undefined ? this.draining !== undefined : this.stopping;
    return this.counted(refused, () => this.runInPool(message));
  }

  whole<T>(work: () => Promise<T>): Promise<T> {
    return this.counted(this.draining !== undefined, work);
  }

  private async counted<T>(refused: boolean, work: () => Promise<T>): Promise<T> {
    if (refused) throw new ShuttingDown();
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
      if (this.running === 0) this.onIdle?.();
    }
  }

  room(): Promise<void> | undefined {
    return this.pool.room();
  }

  containers(): ContainerStatus[] {
    return this.pool.status();
  }

  drain(timeout: number): Promise<void> {
    this.draining ??= this.end(timeout);
    return this.draining;
  }

  private async end(timeout: number): Promise<void> {
    await this.idleOrAfter(timeout);
    this.stopping = true;
    await this.pool.stop();
    await this.idleOrAfter(Infinity);
    await this.records.close();
  }

  /** Resolves when nothing runs or waits, or `timeout` ms later. */
  private async idleOrAfter(timeout: number): Promise<void> {
    if (this.running === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = timeout === Infinity ? undefined : this.deps.clock.after(timeout, resolve);
      this.onIdle = () => {
        cancel?.();
        resolve();
      };
    });
  }

  private runInPool(message: ActivationMessage): Promise<FinishedActivation> {
    const placement = this.placementOf(message);
    if (placement === undefined) return this.refuse(message);
    return new Promise((resolve, reject) => {
      const job = new ActivationJob(message, placement, {
        clock: this.deps.clock,
        log: this.deps.log,
        isStopping: () => this.stopping,
        finish: (facts) => {
          this.record(facts).then(resolve, reject);
        },
      });
      this.pool.submit(job);
    });
  }

  /** The record of an action whose kind the manifest does not have any more (action-interface.md §1.6, last table). */
  private refuse(message: ActivationMessage): Promise<FinishedActivation> {
    const start = this.deps.clock.now();
    const outcome = failure(3, 'Action version is not compatible and cannot be invoked.');
    return this.record({
      message,
      outcome,
      start,
      duration: 0,
      waitTime: Math.max(0, start - message.received),
      logs: [],
    });
  }

  /** The placement of the message, which mostly is that of the one before: its texts are long and looked up often. */
  private placementOf(message: ActivationMessage): JobPlacement | undefined {
    const { executable, identity } = message;
    const environment = executable.initDefinition ?? JSON.stringify(message.initEnvironment);
    const apiHost = this.deps.apiHost();
    const last = this.placements.get(executable);
    if (last?.namespace === identity.namespace && last.environment === environment && last.apiHost === apiHost) {
      return last.placement;
    }
    const placement = this.place(message, { environment, apiHost });
    const { namespace } = identity;
    if (placement !== undefined) this.placements.set(executable, { namespace, environment, apiHost, placement });
    return placement;
  }

  private place(
    message: ActivationMessage,
    { environment, apiHost }: Pick<KnownPlacement, 'environment' | 'apiHost'>,
  ): JobPlacement | undefined {
    const { exec, limits, name } = message.executable.action;
    const runtime = exec.kind === 'blackbox' ? undefined : this.deps.manifest.resolve(exec.kind);
    const image = 'image' in exec ? exec.image : runtime?.image;
    if (image === undefined) return undefined;
    // Only the node family can run several activations in one container (§1.8).
    const slots = runtime?.family === 'nodejs' ? limits.concurrency : 1;
    const request: ContainerRequest = {
      kind: runtime?.kind ?? exec.kind,
      image,
      memory: limits.memory,
      environment: {
        __OW_API_HOST: apiHost,
        ...(slots > 1 ? { __OW_ALLOW_CONCURRENT: 'true' } : {}),
      },
      purpose: `${message.identity.namespace}/${name}`,
    };
    return { binding: bindingOf(message, environment), request, slots };
  }

  private async record(facts: ActivationFacts): Promise<FinishedActivation> {
    const { finished, entry } = buildActivation(facts);
    await this.records.put(entry);
    return finished;
  }
}

/** The reuse key is invoking namespace, action, revision and the environment of its initialization (§5.2 "Ours"). */
function bindingOf(message: ActivationMessage, environment: string): ContainerBinding {
  const { revision } = message.executable;
  const action = textsOf(message.executable).path;
  const owner = `${message.identity.namespace}\n${action}`;
  return { key: `${owner}\n${String(revision)}\n${environment}`, owner, revision, action };
}
