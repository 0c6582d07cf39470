import { homedir, tmpdir } from 'node:os';
import { platformProgram } from '../../platform/launcher/platform-program.js';
import type { Spawn } from '../../platform/launcher/spawn-program.js';
import { WaitingProgram } from '../../platform/launcher/waiting-program.js';
import { mayStartPlatform } from './guess.js';

/** What the entry of the program hands over. */
export interface EarlySurroundings {
  readonly cwd: string;
  /** Loads Node's function, only when something is spawned. */
  readonly loadSpawn: () => Spawn;
}

/**
 * Runs the platform program for a command line that will most likely need it, while the client is still being loaded (P-10). A bundle of its
 * own, because everything else waits for it.
 */
export function runPlatformEarly(
  argv: readonly string[],
  { cwd, loadSpawn }: EarlySurroundings,
): WaitingProgram | undefined {
  const { env, platform, execPath } = process;
  const around = { env, platform, cwd, user: process.getuid?.(), home: homedir(), temporary: tmpdir() };
  if (!mayStartPlatform(argv, around)) return undefined;
  return WaitingProgram.start(loadSpawn(), { program: platformProgram(execPath), environment: { ...env } });
}
