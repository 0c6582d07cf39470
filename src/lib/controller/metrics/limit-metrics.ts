import type { Refusals } from '../../entitlement/throttle.js';
import { Counters, family, label } from './counters.js';

/** Most namespaces that are counted. */
const maxNamespaces = 1_000;

/** Counts requests beyond a limit for Prometheus under the names of OpenWhisk's user events (openwhisk-api.md §1.4). */
export class LimitMetrics implements Refusals {
  private readonly concurrent = new Counters(maxNamespaces);
  private readonly timed = new Counters(maxNamespaces);

  tooManyAtOnce(namespace: string): void {
    this.concurrent.add(label('namespace', namespace));
  }

  tooManyInAMinute(namespace: string): void {
    this.timed.add(label('namespace', namespace));
  }

  /** All counters in Prometheus' text format, as lines. */
  lines(): string[] {
    const metric = (name: string, help: string, counters: Counters): string[] =>
      family(name, 'counter', help, counters.lines(name, ''));
    return [
      ...metric(
        'openwhisk_action_limit_concurrent_total',
        'a user has exceeded its limit for concurrent invocations',
        this.concurrent,
      ),
      ...metric(
        'openwhisk_action_limit_timed_total',
        'the user has reached its per minute limit for the number of invocations',
        this.timed,
      ),
    ];
  }
}
