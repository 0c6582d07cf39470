import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import type { Random } from '../entity/random.js';
import type { PlatformPaths } from './platform-paths.js';

/** What a platform finds around it; read from the process by `main.ts` only. */
export interface PlatformSurroundings {
  readonly paths: PlatformPaths;
  readonly version: string;
  readonly pid: number;
  /** Name of this machine. */
  readonly machine: string;
  /** Number of the user, where there are numbers. */
  readonly user: number | undefined;
  /** Absolute path of the node that runs the platform, and its version without `v`. */
  readonly node: string;
  readonly nodeVersion: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder of the programs that run in containers of the process driver. */
  readonly launchers: string;
  /** Folder of the sources of the actions in `whisk.system`. */
  readonly systemPackages: string;
  /** Folders with packages that actions can require. */
  readonly modules: readonly string[];
  /** Bytes that this process uses. */
  readonly ownMemory: () => number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}
