import { statusWords } from '../../entity/activation.js';
import { numberOf } from '../../entity/json.js';
import { annotationValue } from '../../entity/parameters.js';
import type { ActivationMessage } from '../../invoker/activation-message.js';
import type { FinishedActivation } from '../../invoker/invoker.js';
import { Histogram } from './histogram.js';

/** What is counted per action. */
interface ActionMetrics {
  activations: number;
  coldStarts: number;
  readonly waitTime: Histogram;
  readonly initTime: Histogram;
  readonly duration: Histogram;
  /** By status word. */
  readonly statuses: Map<string, number>;
}

/** Most series; actions beyond are counted together, so that memory stays bounded. */
const maxActions = 1_000;

const otherActions = 'namespace="",initiator="",action="(others)",kind="",memory=""';

/** Counts activations for Prometheus under the names of OpenWhisk's user events (openwhisk-api.md §1.4). */
export class ActivationMetrics {
  /** By labels. */
  private readonly actions = new Map<string, ActionMetrics>();

  record(message: ActivationMessage, { statusCode, activation }: FinishedActivation): void {
    const metrics = this.metricsOf(labelsOf(message));
    metrics.activations += 1;
    const word = statusWords[statusCode];
    metrics.statuses.set(word, (metrics.statuses.get(word) ?? 0) + 1);
    metrics.duration.observe((activation.duration ?? 0) / 1_000);
    const waitTime = numberOf(annotationValue(activation.annotations, 'waitTime'));
    if (waitTime !== undefined) metrics.waitTime.observe(waitTime / 1_000);
    const initTime = numberOf(annotationValue(activation.annotations, 'initTime'));
    if (initTime === undefined) return;
    metrics.coldStarts += 1;
    metrics.initTime.observe(initTime / 1_000);
  }

  /** All counters in Prometheus' text format, times in seconds. */
  text(): string {
    return [
      ...this.family('openwhisk_action_activations_total', 'counter', 'Activation Count', (name, labels, metrics) => [
        `${name}{${labels}} ${String(metrics.activations)}`,
      ]),
      ...this.family('openwhisk_action_coldStarts_total', 'counter', 'Cold start counts', (name, labels, metrics) => [
        `${name}{${labels}} ${String(metrics.coldStarts)}`,
      ]),
      ...this.times('openwhisk_action_waitTime_seconds', 'Internal system hold time', 'waitTime'),
      ...this.times('openwhisk_action_initTime_seconds', 'Time it took to initialize an action', 'initTime'),
      ...this.times('openwhisk_action_duration_seconds', 'Actual time the action code was running', 'duration'),
      ...this.family('openwhisk_action_status', 'counter', 'Activations by status', (name, labels, { statuses }) =>
        [...statuses].map(([word, amount]) => `${name}{${labels},status="${word}"} ${String(amount)}`),
      ),
      '',
    ].join('\n');
  }

  private times(name: string, help: string, member: 'waitTime' | 'initTime' | 'duration'): string[] {
    return this.family(name, 'histogram', help, (full, labels, metrics) => metrics[member].lines(full, labels));
  }

  private family(
    name: string,
    type: string,
    help: string,
    lines: (name: string, labels: string, metrics: ActionMetrics) => string[],
  ): string[] {
    const samples = [...this.actions].flatMap(([labels, metrics]) => lines(name, labels, metrics));
    return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples];
  }

  private metricsOf(labels: string): ActionMetrics {
    const key = this.actions.has(labels) || this.actions.size < maxActions ? labels : otherActions;
    const known = this.actions.get(key);
    if (known !== undefined) return known;
    const made: ActionMetrics = {
      activations: 0,
      coldStarts: 0,
      waitTime: new Histogram(),
      initTime: new Histogram(),
      duration: new Histogram(),
      statuses: new Map(),
    };
    this.actions.set(key, made);
    return made;
  }
}

function labelsOf({ identity, executable: { action } }: ActivationMessage): string {
  const [namespace = '', packageName] = action.namespace.split('/');
  const name = packageName === undefined ? action.name : `${packageName}/${action.name}`;
  const labels = {
    namespace,
    initiator: identity.namespace,
    action: name,
    kind: action.exec.kind,
    memory: String(action.limits.memory),
  };
  return Object.entries(labels)
    .map(([label, value]) => `${label}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`)
    .join(',');
}
