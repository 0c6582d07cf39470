import { homedir, tmpdir } from 'node:os';
import { platformProgram } from '../../platform/launcher/platform-program.js';
import type { Spawn } from '../../platform/launcher/spawn-program.js';
import { WaitingProgram } from '../../platform/launcher/waiting-program.js';
import { mayStartPlatform } from './guess.js';

/**
 * Runs the platform program for a command line that will most likely need it, while the client is still being loaded (P-10). A bundle of its
 * own, because everything else waits for it. Never throws: without a guess the command does what it does.
 */
export function runPlatformEarly(argv: readonly string[], loadSpawn: () => Spawn): WaitingProgram | undefined {
  try {
    const { env, platform, execPath } = process;
    const user = process.getuid?.();
    const around = { env, platform, user, home: homedir(), temporary: tmpdir(), cwd: process.cwd() };
    if (!mayStartPlatform(argv, around)) return undefined;
    return WaitingProgram.start(loadSpawn(), { program: platformProgram(execPath), environment: { ...env } });
  } catch {
    // Such as a working folder that is gone, which the command reports.
    return undefined;
  }
}
