import { homedir, tmpdir } from 'node:os';
import { platformProgram } from '../../platform/launcher/platform-program.js';
import type { Spawn } from '../../platform/launcher/spawn-program.js';
import { WaitingProgram } from '../../platform/launcher/waiting-program.js';
import { mayStartPlatform } from './guess.js';

/** What the entry of the program hands over. */
export interface EarlySurroundings {
  /** Gives the working folder, or throws when it is gone. */
  readonly workingFolder: () => string;
  /** Loads Node's function, only when something is spawned. */
  readonly loadSpawn: () => Spawn;
}

/**
 * Runs the platform program for a command line that will most likely need it, while the client is still being loaded (P-10). A bundle of its
 * own, because everything else waits for it. Never throws: without a guess the command does what it does.
 */
export function runPlatformEarly(argv: readonly string[], around: EarlySurroundings): WaitingProgram | undefined {
  try {
    const { env, platform, execPath } = process;
    const [home, temporary, cwd, user] = [homedir(), tmpdir(), around.workingFolder(), process.getuid?.()];
    if (!mayStartPlatform(argv, { env, platform, user, home, temporary, cwd })) return undefined;
    return WaitingProgram.start(around.loadSpawn(), { program: platformProgram(execPath), environment: { ...env } });
  } catch {
    // Such as a working folder that is gone, which the command reports.
    return undefined;
  }
}
