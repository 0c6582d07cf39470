import { constants, getPriority, setPriority } from 'node:os';

/** Steps of niceness between this process and those of actions. */
const step = 5;

/**
 * Lets a process that has just been started, and all that it starts, wait while this one or a terminal has something to do (RS-505). A
 * runtime that is woken then does not interrupt the turn of the event loop that woke it: a tenth of the accepted invocations (P-28).
 */
export function lowerPriority(pid: number): void {
  try {
    setPriority(pid, Math.min(getPriority() + step, constants.priority.PRIORITY_LOW));
  } catch {
    // It has ended already, or the system does not allow it; nothing depends on it.
  }
}
