import type { ContainerFactory, ContainerRequest } from '../containers/container-factory.js';
import type { Container } from '../containers/container.js';
import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import { ContainerCompany } from './container-company.js';
import {
  accepts,
  initialState,
  isBusy,
  next,
  type ProxyEffect,
  type ProxyEvent,
  type ProxyState,
} from './container-proxy-state.js';
import type { ContainerStatus } from './invoker.js';
import type { ContainerBinding, PoolJob } from './pool-job.js';
import { creationFailure } from './result-mapping.js';

/** What a container proxy tells the pool. Never called from within `assign`. */
export interface ProxyListener {
  /** The container can take work. */
  available(proxy: ContainerProxy): void;
  /** The container is gone and its memory free. */
  removed(proxy: ContainerProxy): void;
  /** The job was not run and needs another container. */
  returned(job: PoolJob): void;
}

/** Collaborators of a container proxy. */
export interface ProxyDeps {
  readonly request: ContainerRequest;
  readonly factory: ContainerFactory;
  readonly clock: Clock;
  readonly log: Log;
  readonly listener: ProxyListener;
}

const statusNames = {
  starting: 'starting',
  'stem cell': 'stem cell',
  initializing: 'busy',
  running: 'busy',
  ready: 'idle',
  pausing: 'idle',
  paused: 'paused',
  resuming: 'busy',
  removing: 'removing',
  removed: 'removing',
} as const;

/** One container and its state machine: runs the effects that `next` asks for and reports their end as events. */
export class ContainerProxy {
  readonly request: ContainerRequest;
  readonly created: number;
  /** Monotonic milliseconds at which it last became idle. */
  lastUsed: number;
  /** Absent on stem cells. */
  binding?: ContainerBinding;
  /** Whether its creation failed. */
  failed = false;
  private state: ProxyState = initialState;
  private container?: Container;
  private activations = 0;
  private wasStemCell = false;
  private readySince: number | undefined;
  private readonly company = new ContainerCompany();
  private readonly waiting: PoolJob[] = [];

  constructor(private readonly deps: ProxyDeps) {
    this.request = deps.request;
    this.created = deps.clock.monotonic();
    this.lastUsed = this.created;
  }

  /** The name of the state that it is in. */
  get stateName(): ProxyState['name'] {
    return this.state.name;
  }

  /** Whether it is being created for nobody in particular. */
  get isUnclaimed(): boolean {
    return this.state.name === 'starting' && this.state.jobs === 0 && !this.state.leaving;
  }

  /** Whether its memory will be free without anybody doing anything. */
  get isGoing(): boolean {
    return this.state.name === 'removing' || (isBusy(this.state) && this.state.leaving && this.state.jobs === 0);
  }

  /** Whether it has work, and stays when that has ended. */
  get willBeFree(): boolean {
    return isBusy(this.state) && this.state.jobs > 0 && !this.state.leaving;
  }

  /** Milliseconds from its begin until it was ready to run, or until `now` (monotonic) when it is not; 0 for stem cells. */
  startTime(now: number): number {
    if (this.binding === undefined || this.wasStemCell) return 0;
    return (this.readySince ?? now) - this.created;
  }

  /** Whether it belongs to an action and has nothing to do. */
  get isIdle(): boolean {
    const { state } = this;
    return state.name === 'ready' || state.name === 'paused' || (state.name === 'pausing' && state.jobs === 0);
  }

  /** Whether a job may be assigned now, when the container takes `slots` jobs at a time. */
  accepts(slots: number): boolean {
    return accepts(this.state, slots);
  }

  /** Asks the driver for the container. */
  start(): void {
    void this.create();
  }

  /** Gives it a job; only when it accepts one. */
  assign(job: PoolJob): void {
    this.binding ??= job.binding;
    this.waiting.push(job);
    this.apply({ type: 'assigned' });
  }

  /** Pauses it if it is idle. */
  pause(): void {
    this.apply({ type: 'grace expired' });
  }

  /** Removes it as soon as it has no work. */
  dismiss(): void {
    this.apply({ type: 'dismissed' });
  }

  /** Removes it at once; what runs in it is lost. */
  kill(): void {
    this.apply({ type: 'killed' });
  }

  /** Its row in `rt platform ps`. */
  status(): ContainerStatus {
    return {
      id: this.container?.id ?? '',
      driverId: this.container?.driverId ?? '',
      kind: this.request.kind,
      memory: this.request.memory,
      state: statusNames[this.state.name],
      ...(this.binding === undefined ? {} : { action: this.binding.action }),
      age: (this.deps.clock.monotonic() - this.created) / 1000,
      activations: this.activations,
    };
  }

  private apply(event: ProxyEvent): void {
    const { state, effects } = next(this.state, event);
    this.state = state;
    for (const effect of effects) this.perform(effect);
  }

  private perform(effect: ProxyEffect): void {
    switch (effect) {
      case 'initialize':
        return void this.initialize();
      case 'run':
        for (const job of this.waiting.splice(0)) void this.run(job);
        return;
      case 'pause':
        return void this.attempt('pause', 'paused', 'pause failed');
      case 'resume':
        return void this.attempt('resume', 'resumed', 'resume failed');
      case 'destroy':
        return void this.attempt('destroy', 'destroyed', 'destroyed');
      case 'return': {
        this.returnWaiting();
        return;
      }
      case 'offer':
        this.lastUsed = this.deps.clock.monotonic();
        {
          this.deps.listener.available(this);
          return;
        }
      case 'remove': {
        this.deps.listener.removed(this);
        return;
      }
    }
  }

  private async create(): Promise<void> {
    try {
      this.container = await this.deps.factory.create(this.request);
    } catch (error) {
      this.failed = true;
      this.deps.log.error('container', `${this.request.purpose} could not be created`, error);
      for (const job of this.waiting.splice(0)) job.end(creationFailure(error));
      this.apply({ type: 'creation failed' });
      return;
    }
    void this.container.gone.then(() => {
      this.apply({ type: 'gone' });
    });
    this.apply({ type: 'created' });
    this.wasStemCell = this.state.name === 'stem cell';
  }

  private async initialize(): Promise<void> {
    const job = this.waiting.shift();
    if (job === undefined || this.container === undefined) return;
    const verdict = await job.initialize(this.container);
    if (verdict === 'ready' && this.state.name === 'initializing') {
      this.waiting.unshift(job);
      this.readySince = this.deps.clock.monotonic();
      this.apply({ type: 'initialized' });
      return;
    }
    if (typeof verdict === 'object') for (const other of this.waiting.splice(0)) other.end(verdict.failed);
    else this.waiting.unshift(job);
    this.apply({ type: 'initialization failed' });
    this.returnWaiting();
  }

  private async run(job: PoolJob): Promise<void> {
    const { container } = this;
    if (container === undefined) return;
    const verdict = await this.company.during((company) => job.run(container, company));
    this.activations += 1;
    this.apply({ type: 'job ended', reusable: verdict === 'reusable' });
    if (verdict === 'move') this.deps.listener.returned(job);
  }

  private async attempt(
    step: 'pause' | 'resume' | 'destroy',
    done: 'paused' | 'resumed' | 'destroyed',
    failed: 'pause failed' | 'resume failed' | 'destroyed',
  ): Promise<void> {
    try {
      await this.container?.[step]();
      this.apply({ type: done });
    } catch (error) {
      this.deps.log.error('container', `${step} of ${this.request.purpose} failed`, error);
      this.apply({ type: failed });
    }
  }

  private returnWaiting(): void {
    for (const job of this.waiting.splice(0).toReversed()) this.deps.listener.returned(job);
  }
}
