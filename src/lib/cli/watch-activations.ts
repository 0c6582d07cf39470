import { ActivationWatch, type WatchOptions } from '../client/activation-watch.js';
import type { ActivationsClient } from '../client/activations-client.js';
import type { Connection } from '../config/connection.js';
import type { Session } from './session.js';

/** Begins to watch activations: what keeps the platform from being asked is a warning, told once, not the end (C-66). */
export function watchActivations(
  options: WatchOptions,
  deps: { readonly activations: ActivationsClient; readonly connection: Connection; readonly session: Session },
): Promise<ActivationWatch> {
  const { terminal, environment, signal } = deps.session;
  return ActivationWatch.begin(options, {
    activations: deps.activations,
    clock: environment.clock,
    signal,
    // The local platform writes a record once, with all its lines.
    logsMayBeLate: !deps.connection.local,
    onTrouble: ({ message }) => {
      terminal.warn(`${message}; trying again`);
    },
  });
}
