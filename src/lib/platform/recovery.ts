import type { ActivationStore } from '../database/activation-store.js';
import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import { closeOpenActivation } from '../invoker/activation-builder.js';

/** Ends the records of activations that a platform left open when it died; none of them is run again (RS-104). */
export async function closeOpenActivations(deps: {
  readonly activations: ActivationStore;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<void> {
  const { activations, clock, log } = deps;
  const open = await activations.open();
  if (open.length === 0) return;
  await Promise.all(open.map((activation) => activations.put(closeOpenActivation(activation, 'running', clock.now()))));
  log.warn('platform', `${String(open.length)} activations had not ended when the platform before this one died`);
}
