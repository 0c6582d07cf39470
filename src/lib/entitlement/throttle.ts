import type { Clock } from '../entity/clock.js';
import { messages } from '../entity/messages.js';
import type { NamespaceLimitsBook } from '../entity/namespace-limits.js';
import { Rejection } from '../errors/rejection.js';

interface Counts {
  minute: number;
  requests: number;
  fires: number;
  inFlight: number;
}

/** Is told of every request that was refused. */
export interface Refusals {
  /** Beyond the invocations or fires of a minute. */
  tooManyInAMinute(namespace: string): void;
  /** Beyond the activations in flight. */
  tooManyAtOnce(namespace: string): void;
}

/** Counts the invocations and fires of each namespace against its limits (openwhisk-api.md §19.4). */
export class Throttle {
  private readonly counts = new Map<string, Counts>();

  constructor(
    private readonly deps: {
      readonly limits: Pick<NamespaceLimitsBook, 'of'>;
      readonly clock: Clock;
      /** Absent: nobody counts them. */
      readonly refusals?: Refusals;
    },
  ) {}

  /** Counts one request and refuses it with 429 beyond a limit. Windows are clock minutes; refused requests count too. */
  check(namespace: string): void {
    const { invocationsPerMinute, concurrentInvocations } = this.deps.limits.of(namespace);
    const counts = this.now(namespace);
    counts.requests += 1;
    if (counts.requests > invocationsPerMinute) {
      this.deps.refusals?.tooManyInAMinute(namespace);
      throw new Rejection(429, messages.tooManyRequests(counts.requests, invocationsPerMinute));
    }
    this.refuseBeyond(namespace, concurrentInvocations, counts.inFlight);
  }

  /** Counts one fire of a trigger, also of one without rules, and refuses it with 429 beyond the limit. */
  checkFire(namespace: string): void {
    const { firesPerMinute } = this.deps.limits.of(namespace);
    const counts = this.now(namespace);
    counts.fires += 1;
    if (counts.fires > firesPerMinute) {
      this.deps.refusals?.tooManyInAMinute(namespace);
      throw new Rejection(429, messages.tooManyRequests(counts.fires, firesPerMinute));
    }
  }

  /**
   * Starts an activation and counts it as in flight until it has settled. Of requests that were checked at once, while none was in flight,
   * those beyond the limit are refused here with 429.
   */
  during<T>(namespace: string, start: () => Promise<T>): Promise<T> {
    const counts = this.of(namespace);
    this.refuseBeyond(namespace, this.deps.limits.of(namespace).concurrentInvocations, counts.inFlight);
    const running = start();
    counts.inFlight += 1;
    const ended = (): void => {
      counts.inFlight -= 1;
    };
    // Counted down before anyone who waits for it goes on, because this asks first.
    running.then(ended, ended);
    return running;
  }

  private refuseBeyond(namespace: string, limit: number, inFlight: number): void {
    if (inFlight < limit) return;
    this.deps.refusals?.tooManyAtOnce(namespace);
    throw new Rejection(429, messages.tooManyConcurrent(inFlight + 1, limit));
  }

  /** The counts of the minute that has begun. */
  private now(namespace: string): Counts {
    const counts = this.of(namespace);
    const minute = Math.floor(this.deps.clock.now() / 60_000);
    if (counts.minute !== minute) {
      counts.minute = minute;
      counts.requests = 0;
      counts.fires = 0;
    }
    return counts;
  }

  private of(namespace: string): Counts {
    const known = this.counts.get(namespace);
    if (known !== undefined) return known;
    const counts: Counts = { minute: 0, requests: 0, fires: 0, inFlight: 0 };
    this.counts.set(namespace, counts);
    return counts;
  }
}
