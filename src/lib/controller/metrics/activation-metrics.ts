import type { ActivationMessage } from '../../invoker/activation-message.js';
import type { FinishedActivation } from '../../invoker/invoker.js';
import { ActionMetrics } from './action-metrics.js';
import { family, label } from './counters.js';

/** Most series; actions beyond are counted together, so that memory stays bounded. */
const maxActions = 1_000;

const otherActions = 'namespace="",initiator="",action="(others)"';

/** Counts activations for Prometheus under the names and labels of OpenWhisk's user events (openwhisk-api.md §1.4). */
export class ActivationMetrics {
  /** By labels. */
  private readonly actions = new Map<string, ActionMetrics>();

  record(message: ActivationMessage, finished: FinishedActivation): void {
    const { exec, limits } = message.executable.action;
    this.metricsOf(labelsOf(message)).record({ kind: exec.kind, memory: limits.memory }, finished);
  }

  /** All counters in Prometheus' text format, as lines; times in seconds, sizes in bytes, memory in MB. */
  lines(): string[] {
    return [
      ...this.counters('openwhisk_action_activations_total', 'Activation Count', 'activations'),
      ...this.samples('openwhisk_action_coldStarts_total', 'counter', 'Cold start counts', 'coldStarts'),
      ...this.histograms('openwhisk_action_waitTime_seconds', 'Internal system hold time', 'waitTime'),
      ...this.histograms('openwhisk_action_initTime_seconds', 'Time it took to initialize an action', 'initTime'),
      ...this.histograms('openwhisk_action_duration_seconds', 'Actual time the action code was running', 'duration'),
      ...this.histograms('openwhisk_action_response_size_bytes', 'Activation Response size', 'size'),
      ...this.counters('openwhisk_action_status', 'Activations by status', 'statuses'),
      ...this.counters('openwhisk_action_status_code', 'Status codes that actions give in their results', 'codes'),
      ...this.samples('openwhisk_action_memory', 'gauge', 'Memory consumption of the action containers', 'memory'),
    ];
  }

  private samples(name: string, type: string, help: string, member: 'coldStarts' | 'memory'): string[] {
    const lines = [...this.actions].map(([labels, metrics]) => `${name}{${labels}} ${String(metrics[member])}`);
    return family(name, type, help, lines);
  }

  private counters(name: string, help: string, member: 'activations' | 'statuses' | 'codes'): string[] {
    const lines = [...this.actions].flatMap(([labels, metrics]) => metrics[member].lines(name, `${labels},`));
    return family(name, 'counter', help, lines);
  }

  private histograms(name: string, help: string, member: 'waitTime' | 'initTime' | 'duration' | 'size'): string[] {
    const lines = [...this.actions].flatMap(([labels, metrics]) => metrics[member].lines(name, labels));
    return family(name, 'histogram', help, lines);
  }

  private metricsOf(labels: string): ActionMetrics {
    const key = this.actions.has(labels) || this.actions.size < maxActions ? labels : otherActions;
    const known = this.actions.get(key);
    if (known !== undefined) return known;
    const made = new ActionMetrics();
    this.actions.set(key, made);
    return made;
  }
}

function labelsOf({ identity, executable: { action } }: ActivationMessage): string {
  const [namespace = '', packageName] = action.namespace.split('/');
  const name = packageName === undefined ? action.name : `${packageName}/${action.name}`;
  return [label('namespace', namespace), label('initiator', identity.namespace), label('action', name)].join(',');
}
