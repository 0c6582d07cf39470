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

  /**
   * Resolves when the activation is stored: as accepted, or as ended when it was that quick (RS-102). Rejects when it was refused at once, as
   * by a full queue: then nothing was accepted.
   */
  async accept(order: ActivationOrder, running: Promise<FinishedActivation>): Promise<void> {
    const state: { known: 'running' | 'settled' | 'accepted' } = { known: 'running' };
    const watched = running.then(
      () => {
        state.known = 'settled';
      },
      (error: unknown) => {
        if (state.known !== 'accepted') {
          state.known = 'settled';
          throw error;
        }
        this.deps.log.warn('controller', `activation ${order.activationId} was not run: ${String(error)}`);
      },
    );
    await whenPromisesRest();
    if (state.known === 'settled') return watched;
    state.known = 'accepted';
    await this.deps.activations.accept(this.deps.runner.open(order));
  }
}

/**
 * Resolves when everything that is settled already has been told to those who wait for it: a refusal is known by then. Still in the same turn of
 * the event loop, so that what is accepted is stored with what ends in it, and answered two turns earlier than after two `setImmediate` (P-28).
 */
function whenPromisesRest(): Promise<void> {
  // Ticks that promises ask for are run once no promise has anything to do.
  return Promise.resolve().then(
    () =>
      new Promise((resolve) => {
        process.nextTick(resolve);
      }),
  );
}
