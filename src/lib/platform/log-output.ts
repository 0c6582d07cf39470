import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/**
 * Makes the log the output of this process: of a closed descriptor the next file gets the number, since the system gives the lowest free one.
 * The launcher has seen that the log can be written; should that have changed, the output stays nowhere.
 */
export function logOutput(path: string): void {
  for (const descriptor of [1, 2]) {
    closeSync(descriptor);
    try {
      openSync(path, 'a', 0o600);
    } catch {
      openSync(devNull, 'a');
    }
  }
}
