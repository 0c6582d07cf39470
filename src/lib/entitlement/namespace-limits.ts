/** What the platform reports where it enforces no bound: the largest 32-bit integer, because clients read integers. */
const unlimited = 2_147_483_647;

/** Limits of a namespace that count requests (openwhisk-api.md §19.2, §19.4). */
export interface NamespaceLimits {
  readonly invocationsPerMinute: number;
  readonly concurrentInvocations: number;
  readonly firesPerMinute: number;
  /** Kinds that may be used; absent: all (§19.3). */
  readonly allowedKinds?: readonly string[];
}

/** A local platform counts nothing unless told to (openwhisk-api.md §24, 11). */
export const noNamespaceLimits: NamespaceLimits = {
  invocationsPerMinute: unlimited,
  concurrentInvocations: unlimited,
  firesPerMinute: unlimited,
};
