import type { ActivationMessage } from '../../invoker/activation-message.js';
import type { ActivationInvoker, FinishedActivation } from '../../invoker/invoker.js';
import type { ActivationMetrics } from './activation-metrics.js';

/** Stands before an invoker and counts what it has finished; there is none when nothing is to be counted. */
export class MeteredInvoker implements ActivationInvoker {
  constructor(private readonly deps: { readonly invoker: ActivationInvoker; readonly metrics: ActivationMetrics }) {}

  async activate(message: ActivationMessage): Promise<FinishedActivation> {
    const finished = await this.deps.invoker.activate(message);
    this.deps.metrics.record(message, finished);
    return finished;
  }

  whole<T>(work: () => Promise<T>): Promise<T> {
    return this.deps.invoker.whole(work);
  }

  room(): Promise<void> | undefined {
    return this.deps.invoker.room();
  }

  get inFlight(): number {
    return this.deps.invoker.inFlight;
  }
}
