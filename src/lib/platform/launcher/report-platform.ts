import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../entity/clock.js';
import type { PlatformStatus } from '../control-client-documents.js';
import { ControlClient, ControlFailure } from '../control-client.js';
import type { PlatformPaths } from '../platform-paths.js';
import { inspectPlatform, patience } from './inspect-platform.js';

/** How a platform is, for `rt platform status`. */
export type PlatformReport =
  | { readonly health: 'running'; readonly status: PlatformStatus }
  /** `pid` is that of a platform that did not stop in order. */
  | { readonly health: 'stopped'; readonly pid?: number }
  | { readonly health: 'silent'; readonly pid?: number };

const pollInterval = 50;

/** Asks the platform how it is; with `wait` (ms) it looks until it is well or the time is over. */
export async function reportPlatform(deps: {
  readonly paths: PlatformPaths;
  readonly clock: Clock;
  readonly wait: number;
}): Promise<PlatformReport> {
  const end = deps.clock.monotonic() + deps.wait;
  for (;;) {
    const report = await reportOnce(deps.paths);
    const well = report.health === 'running' && report.status.ready;
    if (well || deps.clock.monotonic() >= end) return report;
    await delay(pollInterval);
  }
}

async function reportOnce(paths: PlatformPaths): Promise<PlatformReport> {
  const found = await inspectPlatform(paths);
  if (found.kind === 'stopped') return { health: 'stopped', ...(found.left && { pid: found.left.pid }) };
  if (found.kind === 'silent') return { health: 'silent', ...(found.state && { pid: found.state.pid }) };
  try {
    const status = await new ControlClient({ socket: paths.socket, timeout: patience }).status();
    return { health: 'running', status };
  } catch (error) {
    if (!(error instanceof ControlFailure)) throw error;
    return { health: 'silent', pid: found.state.pid };
  }
}
