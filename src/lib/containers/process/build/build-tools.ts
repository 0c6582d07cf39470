import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Clock } from '../../../entity/clock.js';
import type { Guardian } from '../guardian.js';
import { lowerPriority } from '../lower-priority.js';
import { markVariable } from '../marked-processes.js';
import { BuildError } from './build-error.js';

/** A compiler to run. */
export interface BuildCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface BuildToolsDeps {
  readonly clock: Clock;
  readonly guardian: Pick<Guardian, 'watch' | 'forget'>;
  /** PATH of the compilers. */
  readonly path: string;
  /** The user's environment, from which compilers learn where their own caches lie. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the environment of the compilers carries, so that they end with the platform. */
  readonly mark: string;
}

/** Milliseconds that a build may take, also when nobody waits for it any more. */
const buildTimeout = 600_000;

/** Bytes of a compiler's output that are kept. */
const maxOutput = 64 * 1024;

/** Runs compilers: with an environment of their own, bounded in time and output, ended with the platform. */
export class BuildTools {
  constructor(private readonly deps: BuildToolsDeps) {}

  /** A variable of the user's environment, for example `CARGO_HOME`. */
  variable(name: string): string | undefined {
    const value = this.deps.environment[name];
    return value === '' ? undefined : value;
  }

  /** Removes a folder of an earlier build. */
  remove(path: string): Promise<void> {
    return rm(path, { recursive: true, force: true });
  }

  /** Gives what the program printed; rejects with BuildError and that text when it fails. */
  run(command: BuildCommand): Promise<string> {
    const { clock, guardian, path, mark } = this.deps;
    // Not the source itself: go wants no module in the folder of temporary files.
    const folder = dirname(command.cwd);
    const child = spawn(command.program, command.args, {
      cwd: command.cwd,
      env: { PATH: path, HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', ...command.environment, [markVariable]: mark },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid !== undefined) {
      guardian.watch(pid);
      lowerPriority(pid);
    }
    let output = '';
    let late = false;
    const keep = (chunk: Buffer): void => {
      if (output.length < maxOutput) output += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const cancel = clock.after(buildTimeout, () => {
      late = true;
      if (pid !== undefined) killGroup(pid);
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => {
        cancel();
        if (pid !== undefined) guardian.forget(pid);
        const text = stripVTControlCharacters(output).slice(0, maxOutput).trimEnd();
        if (late)
          reject(new BuildError(`${text}\nthe build took longer than ${String(buildTimeout / 60_000)} minutes`.trim()));
        else if (status !== 0) reject(new BuildError(text === '' ? `exit status ${String(status)}` : text));
        else resolve(text);
      });
    });
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
