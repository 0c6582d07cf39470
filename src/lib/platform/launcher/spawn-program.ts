import type { ChildProcess, spawn } from 'node:child_process';
import type { PlatformProgram } from './platform-program.js';

/** Node's function; handed over, because loading it costs a command that spawns nothing 2 ms (P-03). */
export type Spawn = typeof spawn;

/** A run of the platform program. */
export interface ProgramRun {
  readonly program: PlatformProgram;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs the platform program. In the background it has a session of its own and inherits nothing but its output, so that `x=$(rt …)` returns
 * (RS-148); `inherit` is the foreground. Its link is descriptor 3.
 */
export function spawnProgram(
  spawnProcess: Spawn,
  { program, environment }: ProgramRun,
  output: 'ignore' | 'inherit' | number,
): ChildProcess {
  return spawnProcess(program.execPath, [...program.args], {
    cwd: '/',
    env: { ...environment },
    detached: output !== 'inherit',
    stdio: ['ignore', output, output, 'pipe'],
  });
}
