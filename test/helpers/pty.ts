import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { waitUntil } from './wait-until.js';

/** How a program is started on a terminal. */
export interface PtyOptions {
  /** The whole environment of the program; nothing of the test's own is added. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Width of the terminal; 80 when absent. */
  readonly columns?: number;
}

/** Whether this machine has what `Pty` needs: `script` of util-linux. */
export function hasPty(): boolean {
  const found = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return found.status === 0 && found.stdout.includes('util-linux');
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * A real program on a real pseudo terminal: stdin, stdout and stderr are the terminal. Keys are typed with `type`; what it shows is in
 * `raw` and `text`. Always end with `dispose`.
 */
export class Pty {
  /** Everything that was shown so far, control sequences included. */
  raw = '';
  /** The exit status; for a program ended by signal N it is 128 + N. */
  readonly exit: Promise<number>;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      this.raw += chunk;
    });
    this.exit = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        resolve(code ?? -1);
      });
    });
  }

  /** Starts a program with its arguments. */
  static start(command: readonly string[], options: PtyOptions): Pty {
    const size = `stty rows 24 cols ${String(options.columns ?? 80)}`;
    const line = `${size}; exec ${command.map(quoted).join(' ')}`;
    const child = spawn('script', ['--quiet', '--return', '--flush', '--command', line, '/dev/null'], {
      cwd: options.cwd,
      env: { TERM: 'xterm', PATH: process.env.PATH ?? '', SHELL: '/bin/sh', ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    return new Pty(child);
  }

  /** What was shown, without control sequences and carriage returns. */
  get text(): string {
    return stripVTControlCharacters(this.raw).replaceAll('\r', '');
  }

  /** Types characters: `\r` is the return key, `\x03` Ctrl-C. */
  type(keys: string): void {
    this.child.stdin?.write(keys);
  }

  /** Waits until the terminal has shown a text. */
  async shows(pattern: RegExp, timeout = 30_000): Promise<void> {
    await waitUntil(`${String(pattern)} on the terminal`, () => pattern.test(this.text), timeout).catch(
      (error: unknown) => {
        throw new Error(`the terminal shows:\n${this.text}`, { cause: error });
      },
    );
  }

  /** Ends the program if it still runs. */
  async dispose(): Promise<void> {
    const { pid, exitCode, signalCode } = this.child;
    if (exitCode === null && signalCode === null && pid !== undefined) process.kill(-pid, 'SIGKILL');
    await this.exit.catch(() => undefined);
  }
}
