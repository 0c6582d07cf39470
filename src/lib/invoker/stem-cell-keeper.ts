import type { Clock } from '../entity/clock.js';
import type { ContainerProxy } from './container-proxy.js';
import type { ContainerRegister, StemCellKind } from './container-register.js';
import type { KindSource, PoolConfig } from './pool-config.js';
import type { PoolJob } from './pool-job.js';
import { roundInterval, StemCellPlan } from './stem-cell-plan.js';

/** Milliseconds from the end of an activation to the next refill, so that its answer goes out first. */
const refillDelay = 20;

/** Most expired stem cells that are removed in one round (action-interface.md §5.3). */
const expiredPerRound = 100;

/** Collaborators of the stem cell keeper. */
export interface StemCellKeeperDeps {
  readonly clock: Clock;
  readonly config: PoolConfig;
  readonly manifest: KindSource;
  readonly register: ContainerRegister;
  /** Whether the pool has room and no work for `memory` MB. */
  readonly mayCreate: (memory: number) => boolean;
  readonly create: (cell: StemCellKind) => void;
}

/** Keeps the wanted number of stem cells: one is created at a time, after the answers went out (performance.md §4.4). */
export class StemCellKeeper {
  private readonly plan: StemCellPlan;
  private cancelRefill: (() => void) | undefined;
  private cancelRound: (() => void) | undefined;
  private disposed = false;

  constructor(private readonly deps: StemCellKeeperDeps) {
    const { clock, manifest, config } = deps;
    this.plan = new StemCellPlan({ clock, manifest, prewarm: config.prewarm, keepStemCells: config.keepStemCells });
  }

  /** Notes that work of this kind and size came. */
  used(job: PoolJob): void {
    if (takesStemCells(job)) this.plan.used(job.request);
  }

  /** Notes that a container had to be created for a job. */
  coldStart(job: PoolJob): void {
    if (takesStemCells(job)) this.plan.coldStart(job.request);
  }

  /** Notes that a stem cell could not be created. */
  failed(cell: StemCellKind): void {
    this.plan.failed(cell);
  }

  /** A stem cell for a job, or one that is being created; of the same kind and exactly the same memory (AI-306). */
  take(job: PoolJob): ContainerProxy | undefined {
    return takesStemCells(job) ? this.deps.register.stemCell(job.request) : undefined;
  }

  /** Refills a moment later. */
  refillSoon(): void {
    if (this.disposed) return;
    this.cancelRefill ??= this.deps.clock.after(refillDelay, () => {
      this.cancelRefill = undefined;
      this.refill();
    });
  }

  /** Creates one missing stem cell, unless another container is being created; called again when that is there. */
  refill(): void {
    if (this.disposed) return;
    this.cancelRound ??= this.deps.clock.after(roundInterval, () => {
      this.endRound();
    });
    const { register, mayCreate, create } = this.deps;
    if (register.all().some(({ stateName }) => stateName === 'starting')) return;
    const missing = this.plan.missing((cell) => register.stemCellsOf(cell).length);
    const affordable = missing.find(({ memory }) => mayCreate(memory));
    if (affordable !== undefined) create(affordable);
  }

  /** Nothing is created or removed any more. */
  dispose(): void {
    this.disposed = true;
    this.cancelRefill?.();
    this.cancelRound?.();
  }

  /** Removes expired stem cells and those that nobody wants any more, and adapts the numbers (§5.3). */
  private endRound(): void {
    this.cancelRound = undefined;
    this.plan.endRound();
    const now = this.deps.clock.monotonic();
    const cells = this.deps.register.all().filter(({ stateName }) => stateName === 'stem cell');
    const expired = cells.filter(({ created, request }) => now - created > this.plan.timeToLive(request));
    for (const proxy of expired.slice(0, expiredPerRound)) proxy.dismiss();
    for (const proxy of cells) if (this.isSuperfluous(proxy)) proxy.dismiss();
    this.refill();
  }

  private isSuperfluous({ request, stateName }: ContainerProxy): boolean {
    return stateName === 'stem cell' && this.deps.register.stemCellsOf(request).length > this.plan.wantedOf(request);
  }
}

/** Stem cells are made without knowing the action: not from an image of the user, not for several activations at a time. */
function takesStemCells({ slots, request }: PoolJob): boolean {
  return slots === 1 && request.kind !== 'blackbox';
}
