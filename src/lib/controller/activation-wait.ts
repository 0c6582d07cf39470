import type { ActivationStore } from '../database/activation-store.js';
import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import type { FinishedActivation } from '../invoker/invoker.js';
import type { ActionRunner } from './compositions/action-runner.js';
import type { ActivationOrder } from './compositions/activation-order.js';

/** Longest wait for an activation, in ms; also the default (openwhisk-api.md §8.1). */
export const maxWait = 60_000;

interface Deps {
  readonly activations: Pick<ActivationStore, 'accept'>;
  readonly runner: Pick<ActionRunner, 'open'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Waits for running activations, and accepts those that nobody waits for any longer (openwhisk-api.md §8.3). */
export class ActivationWait {
  constructor(private readonly deps: Deps) {}

  /** The end of an activation; undefined when it took longer than `timeout` ms: then it is accepted and goes on. */
  within(
    timeout: number,
    order: ActivationOrder,
    running: Promise<FinishedActivation>,
  ): Promise<FinishedActivation | undefined> {
    return new Promise((resolve, reject) => {
      const cancel = this.deps.clock.after(timeout, () => {
        this.accept(order, running).then(() => {
          resolve(undefined);
        }, reject);
      });
      running.then(cancel, cancel);
      running.then(resolve, reject);
    });
  }

  /** Resolves when the activation is stored: as accepted, or as ended when it was that quick (RS-102). */
  async accept(order: ActivationOrder, running: Promise<FinishedActivation>): Promise<void> {
    // A full queue refuses at once; then nothing was accepted and the caller gets the refusal.
    const ended = await Promise.race([running.then(() => true), afterTwoTurns()]);
    running.catch((error: unknown) => {
      this.deps.log.warn('controller', `activation ${order.activationId} was not run: ${String(error)}`);
    });
    if (!ended) await this.deps.activations.accept(this.deps.runner.open(order));
  }
}

/**
 * False after two turns of the event loop: an activation that fails without having touched a runtime is stored in the
 * first and known to have ended in the second.
 */
function afterTwoTurns(): Promise<false> {
  return new Promise((resolve) => {
    setImmediate(() => {
      setImmediate(resolve, false);
    });
  });
}
