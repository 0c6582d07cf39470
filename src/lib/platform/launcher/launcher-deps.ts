import type { Clock } from '../../entity/clock.js';
import { type PathSurroundings, platformPaths } from '../platform-paths.js';
import type { LauncherDeps } from './launcher.js';
import { platformProgram } from './platform-program.js';

/** What the launcher needs to know of the run that uses it. */
export interface LauncherSurroundings extends PathSurroundings {
  readonly execPath: string;
  readonly clock: Clock;
}

/** The launcher's collaborators for one run of the client; `wait` in ms. */
export function launcherDeps(
  around: LauncherSurroundings,
  { version, wait }: { readonly version: string; readonly wait: number },
): LauncherDeps {
  const { env, user, clock, execPath } = around;
  return {
    paths: platformPaths(around),
    program: platformProgram(execPath),
    environment: env,
    ...{ version, user, clock, wait },
  };
}
