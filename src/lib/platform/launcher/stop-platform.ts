import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../entity/clock.js';
import { PlatformError } from '../../errors/client-errors.js';
import { ControlClient } from '../control-client.js';
import type { PlatformPaths } from '../platform-paths.js';
import { isAlive, type ProcessIdentity, signalProcess } from '../process-identity.js';
import { inspectPlatform, patience } from './inspect-platform.js';

/** How a platform is stopped. */
export interface StopOptions {
  /** Ends running activations at once, and a platform that does not answer with SIGKILL. */
  readonly force: boolean;
  /** Milliseconds that running activations get. */
  readonly timeout: number;
}

/** What was done; without a pid there was nothing to stop. */
export interface StopOutcome {
  readonly stopped: boolean;
  readonly pid?: number;
}

/** Milliseconds for everything besides running activations. */
const margin = 10_000;

/** Milliseconds between SIGTERM and SIGKILL for a platform that does not answer. */
const grace = 1_000;

const pollInterval = 10;

/**
 * Stops the platform of an RT_HOME and waits until its process is gone. A signal is sent only to a process whose id and start time are those
 * of the state (RS-144). Rejects with PlatformError.
 */
export async function stopPlatform(
  deps: { readonly paths: PlatformPaths; readonly clock: Clock },
  { force, timeout }: StopOptions,
): Promise<StopOutcome> {
  const found = await inspectPlatform(deps.paths);
  if (found.kind === 'stopped') return { stopped: false };
  if (found.kind === 'running') {
    const given = force ? 0 : timeout;
    await new ControlClient({ socket: deps.paths.socket, timeout: patience }).stop(given);
    const gone = await waitUntilGone(found.state, given + margin, deps.clock);
    if (!gone && !force) throw stuck(found.state, 'is still stopping');
    if (!gone) await kill(found.state, deps.clock);
    return { stopped: true, pid: found.state.pid };
  }
  const { state } = found;
  // One without a socket is stopping already.
  if (found.absent && state !== undefined && (await waitUntilGone(state, timeout + margin, deps.clock))) {
    return { stopped: true, pid: state.pid };
  }
  if (state === undefined || !force) throw stuck(state, 'does not answer');
  await kill(state, deps.clock);
  return { stopped: true, pid: state.pid };
}

async function kill(process: ProcessIdentity, clock: Clock): Promise<void> {
  signalProcess(process, 'SIGTERM');
  if (await waitUntilGone(process, grace, clock)) return;
  signalProcess(process, 'SIGKILL');
  if (!(await waitUntilGone(process, margin, clock))) throw stuck(process, 'cannot be killed');
}

async function waitUntilGone(process: ProcessIdentity, timeout: number, clock: Clock): Promise<boolean> {
  const end = clock.monotonic() + timeout;
  while (isAlive(process)) {
    if (clock.monotonic() > end) return false;
    await delay(pollInterval);
  }
  return true;
}

function stuck(process: ProcessIdentity | undefined, what: string): PlatformError {
  const pid = process === undefined ? '' : ` (pid ${String(process.pid)})`;
  return new PlatformError(`the local platform${pid} ${what}`, { hint: 'rt platform stop --force ends it' });
}
