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

/** Counts the invocations and fires of each namespace against its limits (openwhisk-api.md §19.4). */
export class Throttle {
  private readonly counts = new Map<string, Counts>();

  constructor(private readonly deps: { readonly limits: Pick<NamespaceLimitsBook, 'of'>; readonly clock: Clock }) {}

  /** Counts one request and refuses it with 429 beyond a limit. Windows are clock minutes; refused requests count too. */
  check(namespace: string): void {
    const { invocationsPerMinute, concurrentInvocations } = this.deps.limits.of(namespace);
    const counts = this.now(namespace);
    counts.requests += 1;
    if (counts.requests > invocationsPerMinute) {
      throw new Rejection(429, messages.tooManyRequests(counts.requests, invocationsPerMinute));
    }
    if (counts.inFlight >= concurrentInvocations) {
      throw new Rejection(429, messages.tooManyConcurrent(counts.inFlight + 1, concurrentInvocations));
    }
  }

  /** Counts one fire of a trigger, also of one without rules, and refuses it with 429 beyond the limit. */
  checkFire(namespace: string): void {
    const { firesPerMinute } = this.deps.limits.of(namespace);
    const counts = this.now(namespace);
    counts.fires += 1;
    if (counts.fires > firesPerMinute) {
      throw new Rejection(429, messages.tooManyRequests(counts.fires, firesPerMinute));
    }
  }

  /** Counts an activation as in flight until it has settled. */
  during<T>(namespace: string, running: Promise<T>): Promise<T> {
    const counts = this.of(namespace);
    counts.inFlight += 1;
    return running.finally(() => {
      counts.inFlight -= 1;
    });
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
