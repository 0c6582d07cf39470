import type { Clock } from '../../entity/clock.js';
import { readProcessState } from './process-state.js';
import type { RuntimeProcess } from './runtime-process.js';

/** Milliseconds between two looks, and looks at most. */
const pause = 5;
const mostLooks = 100;

/**
 * Whether a program that acknowledges nothing has started well: true as soon as it sleeps at two looks in a row, which is when it waits for
 * its first request, false when it ended before. The official proxy waits 5 ms instead, which says little on a busy machine.
 */
export async function hasSettled(process: RuntimeProcess, clock: Clock): Promise<boolean> {
  let asleep = 0;
  for (let look = 0; look < mostLooks && asleep < 2 && !process.hasExited; look += 1) {
    await Promise.race([
      process.exited,
      new Promise<void>((resolve) => {
        clock.after(pause, resolve);
      }),
    ]);
    const state = await readProcessState(process.pid);
    asleep = state === undefined || state.state === 'S' ? asleep + 1 : 0;
  }
  return !process.hasExited;
}
