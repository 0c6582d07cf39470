import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { lowerPriority } from './lower-priority.js';

/** A program to start as a runtime. */
export interface RuntimeCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited (RS-236). */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether requests go through descriptor 0, as programs of users expect it; otherwise stdin is empty. */
  readonly requestsOnStdin?: boolean;
}

/** Deaths that mean memory: V8 aborts, and a heap at its kernel limit ends with a segmentation fault (RS-501). */
const memorySignals: readonly string[] = ['SIGABRT', 'SIGSEGV'];
const memoryStatuses: readonly number[] = [134, 139];

/**
 * A started runtime: a child in its own process group with stdin from null or for requests, two pipes for its output and one two-way link on
 * descriptor 3 (RS-237). The link belongs to this process alone and is never reused.
 */
export class RuntimeProcess {
  readonly exited: Promise<void>;
  /** Where requests are written: the link, or descriptor 0. */
  readonly requests: Writable;
  private ended = false;
  private overLimit = false;
  private linkProblem: string | undefined;

  private constructor(
    private readonly child: ChildProcess,
    readonly pid: number,
    readonly link: Socket,
    readonly output: { readonly stdout: Readable; readonly stderr: Readable },
  ) {
    this.exited = new Promise((resolve) => {
      child.once('exit', () => {
        this.ended = true;
        this.signal('SIGKILL');
        resolve();
      });
    });
    this.requests = child.stdin ?? link;
    for (const stream of new Set([link, this.requests])) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        this.linkProblem = error.code ?? error.message;
      });
    }
  }

  /** Starts a command; rejects with the system's error when the program cannot be started. */
  static async start(command: RuntimeCommand): Promise<RuntimeProcess> {
    const child = spawn(command.program, command.args, {
      cwd: command.cwd,
      env: command.environment,
      detached: true,
      stdio: [command.requestsOnStdin === true ? 'pipe' : 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) lowerPriority(child.pid);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    const { pid, stdout, stderr } = child;
    const link = child.stdio[3];
    if (pid === undefined || stdout === null || stderr === null || !(link instanceof Socket)) {
      child.kill('SIGKILL');
      throw new Error(`${command.program} was started without its streams`);
    }
    return new RuntimeProcess(child, pid, link, { stdout, stderr });
  }

  get hasExited(): boolean {
    return this.ended;
  }

  /** Whether its death looks like exhausted memory (RS-501). */
  get outOfMemory(): boolean {
    const { signalCode, exitCode } = this.child;
    return this.overLimit || memorySignals.includes(signalCode ?? '') || memoryStatuses.includes(exitCode ?? 0);
  }

  /** True when it died without having read what was sent last: the system resets a link that closes with unread bytes. */
  get leftRequestUnread(): boolean {
    return this.linkProblem === 'ECONNRESET' || this.linkProblem === 'EPIPE';
  }

  /** Kills the group because its memory or its number of processes is above the limit (RS-501, RS-503). */
  endForLimit(kind: 'memory' | 'processes'): void {
    if (this.ended) return;
    this.overLimit = kind === 'memory';
    this.signal('SIGKILL');
  }

  /** Sends a signal to every process of its group. */
  signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch {
      // The group has no process left.
    }
  }

  /** Kills the group; resolves when the process has been waited for (RS-153). */
  async end(): Promise<void> {
    if (!this.ended) this.signal('SIGKILL');
    await this.exited;
    this.link.destroy();
    this.requests.destroy();
    this.output.stdout.destroy();
    this.output.stderr.destroy();
  }
}
