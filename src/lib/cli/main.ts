import { setMaxListeners } from 'node:events';
import { homedir, tmpdir, userInfo } from 'node:os';
import { isatty } from 'node:tty';
import { systemClock } from '../entity/clock.js';
import { ConfigError } from '../errors/client-errors.js';
import { exitStatus } from '../errors/exit-status.js';
import type { CliEnvironment, InputStream } from './environment.js';
import { InquirerPrompter } from './inquirer-prompter.js';
import { PlatformAccess } from './platform-access.js';
import { presentError } from './present-error.js';
import { ProcessTerminal } from './process-terminal.js';
import type { Program } from './command-table.js';
import { Redactor } from './redaction.js';
import { type CliSurroundings, runCli } from './run-cli.js';
import { SpinnerProgress } from './spinner.js';
import { noTraces } from './traces.js';

/** Milliseconds that a command has to end by itself after a signal; with the rest it stays below 200 (C-63). */
const grace = 120;

/** The home folder; with an empty HOME the one of the account, never the working folder. */
function homeFolder(): string {
  const home = homedir();
  return home === '' ? userInfo().homedir : home;
}

/** The working folder. Throws ConfigError when somebody has removed it. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new ConfigError('the working folder does not exist any more', { hint: 'cd to another folder', cause });
  }
}

/** Opened when it is read: what Node loads for a stdin that is no terminal costs a command 2 ms (P-03). */
const standardInput: InputStream = {
  get isTTY() {
    return isatty(0);
  },
  [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator](),
};

function environmentOfProcess(): CliEnvironment {
  return {
    env: process.env,
    cwd: workingFolder(),
    home: homeFolder(),
    temporary: tmpdir(),
    user: process.getuid?.(),
    platform: process.platform,
    arch: process.arch,
    nodeVersion: process.version,
    execPath: process.execPath,
    stdin: standardInput,
    clock: systemClock,
  };
}

function surroundingsOfProcess(environment: CliEnvironment, interruption: Interruption): CliSurroundings {
  const { stdout, stderr } = process;
  return {
    environment,
    stdout,
    stderr,
    signal: interruption.signal,
    endInOrder: interruption.endInOrder,
    createPrompter: (allowed) =>
      new InquirerPrompter({
        allowed,
        get input() {
          return process.stdin;
        },
        output: stderr,
      }),
    createProgress: (colored) => new SpinnerProgress({ stream: stderr, colored }),
    createLocalPlatform: (program) => new PlatformAccess({ environment, program }),
  };
}

/** Shows an error that no command caught, and ends. */
function lastResort(error: unknown): never {
  const terminal = new ProcessTerminal({
    stdout: process.stdout,
    stderr: process.stderr,
    quiet: false,
    colors: { stdout: false, stderr: false },
  });
  const surroundings = { terminal, output: { format: 'text' }, traces: noTraces, redactor: new Redactor() } as const;
  process.exit(presentError(error, surroundings));
}

/** A closed stdout (`| head`) ends the program quietly; a write that fails otherwise is an error (C-43). */
function watchStreams(): void {
  process.stdout.prependListener('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitStatus.done);
    process.stderr.write(`error: cannot write to standard output: ${error.message}\n`);
    process.exit(exitStatus.failed);
  });
  process.stderr.on('error', () => {
    // Nobody reads the messages any more; the command goes on.
  });
}

/** SIGINT and SIGTERM as the rest of the program sees them. */
interface Interruption {
  readonly signal: AbortSignal;
  /** From now on a signal only aborts: the command ends the program when it has cleaned up. */
  readonly endInOrder: () => void;
  /** The exit status of the signal that came, if one did. */
  readonly status: () => number | undefined;
}

/** The first signal aborts what the command waits for, the second ends the program at once (C-63). */
function watchSignals(): Interruption {
  const controller = new AbortController();
  // Every request that is under way listens, and a deploy has many: Node would warn of a leak on stderr.
  setMaxListeners(0, controller.signal);
  let status: number | undefined;
  let inOrder = false;
  const stop = (next: number) => (): void => {
    if (status !== undefined) process.exit(next);
    status = next;
    controller.abort();
    if (!inOrder) setTimeout(() => process.exit(next), grace).unref();
  };
  process.on('SIGINT', stop(exitStatus.interrupted));
  process.on('SIGTERM', stop(exitStatus.terminated));
  return {
    signal: controller.signal,
    endInOrder: () => {
      inOrder = true;
    },
    status: () => status,
  };
}

/**
 * The program: words in, exit status out. Composition root of the client; together with the platform's the only place that reads the
 * process's environment or ends the process. Sets `process.exitCode` to what it returns.
 */
export async function main(argv: readonly string[], program: Program): Promise<number> {
  process.on('uncaughtException', lastResort);
  process.on('unhandledRejection', lastResort);
  watchStreams();
  const interruption = watchSignals();
  const around = surroundingsOfProcess(environmentOfProcess(), interruption);
  const status = await runCli(argv, program, around);
  const final = interruption.status() ?? status;
  process.exitCode = final;
  return final;
}
