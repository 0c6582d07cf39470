import { ActivationMetrics } from './activation-metrics.js';
import { LimitMetrics } from './limit-metrics.js';

/** What `GET /metrics` tells (openwhisk-api.md §1.4). */
export class Metrics {
  readonly activations = new ActivationMetrics();
  readonly limits = new LimitMetrics();

  /** Everything in Prometheus' text format. */
  text(): string {
    return [...this.activations.lines(), ...this.limits.lines(), ''].join('\n');
  }
}
