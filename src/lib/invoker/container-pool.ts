import type { ContainerFactory, ContainerRequest } from '../containers/container-factory.js';
import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import { ContainerProxy, type ProxyListener } from './container-proxy.js';
import { ContainerRegister } from './container-register.js';
import { lookahead, planEviction } from './eviction.js';
import { HeldCallers } from './held-callers.js';
import { IdleWatch } from './idle-watch.js';
import { type ContainerStatus, QueueFull } from './invoker.js';
import type { KindSource, PoolConfig } from './pool-config.js';
import type { PoolJob } from './pool-job.js';
import { failure } from './result-mapping.js';
import { StemCellKeeper } from './stem-cell-keeper.js';
import { WaitingQueue } from './waiting-queue.js';

/** Collaborators of the container pool. */
export interface PoolDeps {
  readonly factory: ContainerFactory;
  readonly manifest: KindSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: PoolConfig;
  /** Variables of every container. */
  readonly environment: () => Readonly<Record<string, string>>;
}

/** The part of the queue from which on callers are held, and the one at which they go on. */
const crowded = 0.5;
const relaxed = 0.1;

/**
 * Chooses the container of each job (action-interface.md §5.3): a warm one, a stem cell, a new one if the memory allows
 * it, or one in the place of idle ones. What finds none waits; once a job waits, later ones wait behind it.
 */
export class ContainerPool implements ProxyListener {
  private readonly register = new ContainerRegister();
  private readonly queue = new WaitingQueue();
  private readonly held: HeldCallers;
  private readonly idleWatch: IdleWatch;
  private readonly evictionWatch: IdleWatch;
  private readonly stemCells: StemCellKeeper;
  private dispatching = false;
  private stopping = false;
  private onEmpty: (() => void) | undefined;

  constructor(private readonly deps: PoolDeps) {
    const { clock, config, manifest } = deps;
    this.held = new HeldCallers(clock);
    this.idleWatch = new IdleWatch({ clock, check: () => this.checkIdle() });
    this.evictionWatch = new IdleWatch({
      clock,
      check: () => {
        this.dispatch();
        return Infinity;
      },
    });
    this.stemCells = new StemCellKeeper({
      clock,
      config,
      manifest,
      register: this.register,
      mayCreate: (memory) => this.queue.length === 0 && this.register.memory + memory <= config.poolMemory,
      create: (cell) => {
        const purpose = `prewarm/${cell.kind.replaceAll(/[^A-Za-z0-9_]/g, '')}`;
        this.create({ ...cell, environment: deps.environment(), purpose });
      },
    });
  }

  /** Activations that wait. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Starts the configured stem cells, one after the other. */
  prewarm(): void {
    this.stemCells.refill();
  }

  /** Takes a job; throws QueueFull when it would have to wait and too many wait already (RS-165). */
  submit(job: PoolJob): void {
    const { poolMemory, queueLimit, queueBytes } = this.deps.config;
    if (job.request.memory > poolMemory) {
      job.end(tooLarge(job.request.memory, poolMemory));
      return;
    }
    this.stemCells.used(job);
    if (this.queue.length === 0 && this.place(job)) return;
    if (this.queue.length >= queueLimit || this.queue.bytes + job.bytes > queueBytes) {
      throw new QueueFull(this.queue.length, queueLimit);
    }
    this.queue.append(job);
  }

  /** Undefined while there is room; else resolves when the caller of an accepted activation may be told so: see {@link HeldCallers}. */
  room(): Promise<void> | undefined {
    return this.queue.length > this.deps.config.queueLimit * crowded ? this.held.hold() : undefined;
  }

  /** One row for each container. */
  status(): ContainerStatus[] {
    return this.register.all().map((proxy) => proxy.status());
  }

  /** Ends everything at once: waiting jobs are abandoned, running ones lose their container. Resolves when all are gone. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.idleWatch.dispose();
    this.evictionWatch.dispose();
    this.stemCells.dispose();
    for (const job of this.queue.takeAll()) job.abandon();
    const empty = new Promise<void>((resolve) => {
      this.onEmpty = resolve;
    });
    for (const proxy of this.register.all()) proxy.kill();
    this.reportEmpty();
    await empty;
  }

  available(proxy: ContainerProxy): void {
    if (this.stopping) return;
    this.dispatch();
    const { pauseGrace, idleTime } = this.deps.config;
    if (proxy.stateName === 'ready') this.idleWatch.expect(proxy.lastUsed + Math.min(pauseGrace, idleTime));
    this.stemCells.refillSoon();
  }

  removed(proxy: ContainerProxy): void {
    this.register.remove(proxy);
    if (proxy.failed && proxy.binding === undefined) this.stemCells.failed(proxy.request);
    if (this.stopping) {
      this.reportEmpty();
      return;
    }
    this.dispatch();
    this.stemCells.refillSoon();
  }

  returned(job: PoolJob): void {
    if (this.stopping) {
      job.abandon();
      return;
    }
    this.queue.prepend(job);
    this.dispatch();
  }

  private reportEmpty(): void {
    if (this.register.all().length === 0) this.onEmpty?.();
  }

  /** Gives out containers in the order of arrival, as far as they go. */
  private dispatch(): void {
    if (this.dispatching) return;
    this.dispatching = true;
    for (let job = this.queue.first; job !== undefined && this.place(job); job = this.queue.first) {
      this.queue.shift();
      this.releaseHeld();
    }
    this.dispatching = false;
  }

  /** Once each time the queue becomes short, and no more callers than it has room for until it is crowded again. */
  private releaseHeld(): void {
    const { queueLimit } = this.deps.config;
    const short = Math.floor(queueLimit * relaxed);
    if (this.queue.length === short) this.held.release(Math.ceil(queueLimit * crowded) - short);
  }

  /** Assigns a job to a container; false when it has to wait. */
  private place(job: PoolJob): boolean {
    const warm = this.register.warm(job.binding.key, job.slots);
    if (warm !== undefined) return this.assign(warm, job);
    this.retireOlder(job);
    const stemCell = this.stemCells.take(job);
    if (stemCell !== undefined) return this.assign(stemCell, job);
    if (this.register.memory + job.request.memory > this.deps.config.poolMemory) {
      this.makeRoom(job);
      return false;
    }
    this.stemCells.coldStart(job);
    return this.assign(this.create(job.request), job);
  }

  private assign(proxy: ContainerProxy, job: PoolJob): true {
    this.register.bind(proxy, job.binding);
    proxy.assign(job);
    return true;
  }

  private create(request: ContainerRequest): ContainerProxy {
    const { factory, clock, log } = this.deps;
    const proxy = new ContainerProxy({ request, factory, clock, log, listener: this });
    this.register.add(proxy);
    proxy.start();
    return proxy;
  }

  /** Containers of older revisions are of no use any more; busy ones go after their run (RS-162). */
  private retireOlder({ binding }: PoolJob): void {
    for (const proxy of this.register.ofOwner(binding.owner)) {
      if (proxy.binding !== undefined && proxy.binding.revision < binding.revision) proxy.dismiss();
    }
  }

  /** Evicts idle containers for the job, or sees to it that this is thought over when it may be done. */
  private makeRoom(job: PoolJob): void {
    const { register } = this;
    const lacking = register.memory + job.request.memory - this.deps.config.poolMemory - register.memoryOnItsWay;
    if (lacking <= 0) return;
    const now = this.deps.clock.monotonic();
    const eviction = planEviction({ job, behind: this.queue.behindFirst(lookahead), register, lacking, now });
    if (eviction === undefined) return;
    if (eviction.due > now) this.evictionWatch.expect(eviction.due);
    else for (const proxy of eviction.victims) proxy.dismiss();
  }

  /** Pauses and removes what has been idle for too long; a container that was chosen for work is never idle (RS-510). */
  private checkIdle(): number {
    const { pauseGrace, idleTime } = this.deps.config;
    const now = this.deps.clock.monotonic();
    let due = Infinity;
    for (const proxy of this.register.all()) {
      if (!proxy.isIdle) continue;
      if (now >= proxy.lastUsed + idleTime) proxy.dismiss();
      else if (now >= proxy.lastUsed + pauseGrace) proxy.pause();
      // Only a container that is ready can be paused; the others ignore it.
      const isToPause = proxy.stateName === 'ready' && pauseGrace < idleTime;
      if (!proxy.isGoing) due = Math.min(due, proxy.lastUsed + (isToPause ? pauseGrace : idleTime));
    }
    return due;
  }
}

function tooLarge(memory: number, poolMemory: number): ReturnType<typeof failure> {
  const reason = `The action needs ${String(memory)} MB, but the pool has ${String(poolMemory)} MB.`;
  return failure(3, `Failed to provision resources to run the action. ${reason}`);
}
