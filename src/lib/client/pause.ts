import { setTimeout as wait } from 'node:timers/promises';

/** Waits and keeps the process alive; rejects as soon as the signal is aborted, so that Ctrl-C ends a wait at once (C-63). */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(ms, undefined, signal === undefined ? {} : { signal });
}
