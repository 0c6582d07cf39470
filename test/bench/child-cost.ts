import { spawn } from 'node:child_process';

/** What one run of a program cost. */
export interface ChildCost {
  /** User and system time in milliseconds, of the program and of all children that it waited for. */
  readonly cpu: number;
  /** Milliseconds from before its start to its end. */
  readonly wall: number;
}

/**
 * Runs a program to its end and gives its cost. bash's `time` reads it from the kernel's account of waited-for children, exact to
 * one millisecond; Node offers no such account of its children, and /proc counts in steps of ten. Rejects when the program
 * ends with another status than `expected`.
 */
export async function childCost(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  expected = 0,
): Promise<ChildCost> {
  const script = `TIMEFORMAT='%3R %3U %3S'; exec 3>&2; time "$@" </dev/null >/dev/null 2>&3 3>&-`;
  const text = await stderrOf(['bash', '-c', `{ ${script}; }`, 'bash', ...command], env, expected);
  const [wall, user, system] = (text.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  if (wall === undefined || user === undefined || system === undefined) throw new Error(`no times in: ${text}`);
  return { cpu: (user + system) * 1000, wall: wall * 1000 };
}

async function stderrOf(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  expected: number,
): Promise<string> {
  const [program = '', ...words] = command;
  const child = spawn(program, words, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    // A platform that was started in the background holds no descriptor of ours, so `close` comes with the end of the program.
    child.on('close', resolve);
  });
  if (status !== expected)
    throw new Error(`${command.slice(4).join(' ')} ended with status ${String(status)}: ${text}`);
  return text;
}
