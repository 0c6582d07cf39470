import { readFileSync } from 'node:fs';
import { PlatformError } from '../../errors/client-errors.js';
import type { PlatformPaths } from '../platform-paths.js';

/** So many crashes by a bug within a minute end the automatic restarts (RS-152). */
const allowedCrashes = 3;
const window = 60_000;

/** Throws PlatformError when the platform has crashed so often lately that starting it again is no use. `now` in epoch ms. */
export function refuseCrashLoop(paths: PlatformPaths, now: number): void {
  const lately = crashTimes(paths.crashes).filter((time) => time <= now && now - time < window);
  if (lately.length < allowedCrashes) return;
  throw new PlatformError(`the local platform crashed ${String(lately.length)} times within a minute`, {
    hint: `the log is ${paths.log}; rt platform start tries again in a minute`,
  });
}

function crashTimes(path: string): number[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
