import { type ActionLimitBounds, defaultActionLimitBounds } from './limits.js';

/** What the platform reports where it enforces no bound: the largest 32-bit integer, because clients read integers. */
export const unlimited = 2_147_483_647;

/** What holds for one namespace, by the names of openwhisk-api.md §19.2: memory and logs in MB, timeouts in ms. */
export interface NamespaceLimits {
  readonly invocationsPerMinute: number;
  readonly concurrentInvocations: number;
  readonly firesPerMinute: number;
  readonly minActionMemory: number;
  readonly maxActionMemory: number;
  readonly minActionLogs: number;
  readonly maxActionLogs: number;
  readonly minActionTimeout: number;
  readonly maxActionTimeout: number;
  readonly minActionConcurrency: number;
  /** Most activations at a time that an action may allow in one container. */
  readonly maxActionConcurrency: number;
  /** Kinds that actions may have; absent: all (§19.3). */
  readonly allowedKinds?: readonly string[];
  /** False: activations run and are answered, but leave no record; absent: they are kept (§19.3). */
  readonly storeActivations?: boolean;
}

/** Limits that the operator sets; what is absent stays as it is. */
export type LimitOverrides = Partial<NamespaceLimits>;

/** What the operator says about limits: for every namespace, and for single ones, which comes on top. */
export interface LimitsDocument {
  readonly default?: LimitOverrides;
  readonly namespaces?: Readonly<Record<string, LimitOverrides>>;
}

const { memory, logs, timeout, concurrency } = defaultActionLimitBounds;

/** A local platform counts nothing unless told to (openwhisk-api.md §24, 11). */
export const defaultNamespaceLimits: NamespaceLimits = {
  invocationsPerMinute: unlimited,
  concurrentInvocations: unlimited,
  firesPerMinute: unlimited,
  minActionMemory: memory.min,
  maxActionMemory: memory.max,
  minActionLogs: logs.min,
  maxActionLogs: logs.max,
  minActionTimeout: timeout.min,
  maxActionTimeout: timeout.max,
  minActionConcurrency: concurrency.min,
  maxActionConcurrency: concurrency.max,
};

/** The limits of every namespace of a platform (openwhisk-api.md §19.3). */
export class NamespaceLimitsBook {
  /** What holds where the operator said nothing else. */
  readonly general: NamespaceLimits;
  private readonly special: ReadonlyMap<string, NamespaceLimits>;

  constructor(document: LimitsDocument = {}) {
    const general = { ...defaultNamespaceLimits, ...document.default };
    const named = Object.entries(document.namespaces ?? {});
    this.general = general;
    this.special = new Map(named.map(([name, overrides]) => [name, { ...general, ...overrides }]));
  }

  /** What holds for a namespace. */
  of(namespace: string): NamespaceLimits {
    return this.special.get(namespace) ?? this.general;
  }

  /** The widest bounds that any namespace has. */
  get widest(): ActionLimitBounds {
    const all = [this.general, ...this.special.values()].map(boundsOf);
    const over = (name: keyof ActionLimitBounds): { readonly min: number; readonly max: number } => ({
      min: Math.min(...all.map((bounds) => bounds[name].min)),
      max: Math.max(...all.map((bounds) => bounds[name].max)),
    });
    return { timeout: over('timeout'), memory: over('memory'), logs: over('logs'), concurrency: over('concurrency') };
  }
}

/** The bounds of the limits of an action in a namespace (openwhisk-api.md §7.4). */
export function boundsOf(limits: NamespaceLimits): ActionLimitBounds {
  return {
    timeout: { min: limits.minActionTimeout, max: limits.maxActionTimeout },
    memory: { min: limits.minActionMemory, max: limits.maxActionMemory },
    logs: { min: limits.minActionLogs, max: limits.maxActionLogs },
    concurrency: { min: limits.minActionConcurrency, max: limits.maxActionConcurrency },
  };
}
