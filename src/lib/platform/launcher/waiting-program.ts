import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { type ProgramRun, type Spawn, spawnProgram } from './spawn-program.js';

/** Milliseconds after which a program that nobody has taken is given up: the command does something else, and may do so for hours. */
const patience = 10_000;

/**
 * A platform program that was run before the client knows whether it needs one, so that both load at the same time: about 20 ms of a first command (P-10).
 * It waits for a request and touches nothing before; when its link closes without one, it ends. It does not keep this process alive.
 */
export class WaitingProgram {
  private readonly deadline: NodeJS.Timeout;
  private taken = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly run: ProgramRun,
  ) {
    this.link.on('error', () => undefined);
    child.unref();
    this.link.unref();
    this.deadline = setTimeout(() => {
      this.taken = true;
      this.link.destroy();
    }, patience).unref();
  }

  /** Undefined when the program cannot be run: whoever needs one then runs it himself and says why. */
  static start(spawn: Spawn, run: ProgramRun): WaitingProgram | undefined {
    try {
      const child = spawnProgram(spawn, run, 'ignore');
      child.on('error', () => undefined);
      return child.pid === undefined ? undefined : new WaitingProgram(child, run);
    } catch {
      return undefined;
    }
  }

  /** Gives the process away, once: undefined when it does not wait any more, or was run in another way than this. */
  take(run: ProgramRun): ChildProcess | undefined {
    const { child } = this;
    const waits = !this.taken && child.exitCode === null && child.signalCode === null;
    if (!waits || !isSameRun(this.run, run)) return undefined;
    this.taken = true;
    clearTimeout(this.deadline);
    child.ref();
    this.link.ref();
    return child;
  }

  private get link(): Socket {
    return this.child.stdio[3] as Socket;
  }
}

function isSameRun(one: ProgramRun, other: ProgramRun): boolean {
  return textOf(one) === textOf(other);
}

function textOf({ program, environment }: ProgramRun): string {
  const variables = Object.entries(environment).filter(([, value]) => value !== undefined);
  return JSON.stringify([program.execPath, program.args, variables.sort(([a], [b]) => (a < b ? -1 : 1))]);
}
