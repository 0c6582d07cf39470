import type { Clock } from '../../entity/clock.js';
import { type PathSurroundings, platformPaths } from '../platform-paths.js';
import type { LauncherDeps } from './launcher.js';
import { platformProgram } from './platform-program.js';
import type { WaitingProgram } from './waiting-program.js';

/** What the launcher needs to know of the run that uses it. */
export interface LauncherSurroundings extends PathSurroundings {
  readonly execPath: string;
  readonly clock: Clock;
}

/** The client as the launcher knows it. */
interface LaunchingProgram {
  readonly version: string;
  readonly waiting?: WaitingProgram | undefined;
}

/** The launcher's collaborators for one run of the client; `wait` in ms until a started platform must be ready. */
export function launcherDeps(
  around: LauncherSurroundings,
  { version, waiting }: LaunchingProgram,
  wait: number,
): LauncherDeps {
  const { env, user, clock, execPath } = around;
  return {
    paths: platformPaths(around),
    program: platformProgram(execPath),
    environment: env,
    ...{ version, user, clock, wait, waiting },
  };
}
