import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { LocalPlatform } from '../../src/lib/cli/local-platform.js';
import type { Program } from '../../src/lib/cli/command-table.js';
import type { CliSurroundings } from '../../src/lib/cli/run-cli.js';
import { noProgress } from '../../src/lib/cli/spinner.js';
import { systemClock } from '../../src/lib/entity/clock.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The program with every command of the source tree, loaded on use. */
export function programOfSources(): Program {
  const folder = join(root, 'src', 'commands');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const commands = files.map((name) => {
    const id = name.slice(0, -'.ts'.length).split(sep).join(':');
    return [id, () => import(pathToFileURL(join(folder, name)).href)] as const;
  });
  return { commands: Object.fromEntries(commands), root, version: '0.0.0-test' };
}

/** What a run printed and how it ended. */
export interface RunResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a test can choose. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly home?: string;
  readonly stdin?: string;
  /** Pretends that stdout and stderr are terminals of this width. */
  readonly columns?: number;
  readonly program?: Program;
  readonly local?: LocalPlatform;
  readonly signal?: AbortSignal;
  /** Called with every text that is written, to either stream. */
  readonly onOutput?: (text: string) => void;
  /** Answers to prompts; with them prompts are allowed when `columns` is set. */
  readonly answer?: (question: string) => boolean;
  /** What the user types when asked for a text or a secret; allows prompts as `answer` does. */
  readonly typed?: (question: string) => string;
}

/** A local platform that must not be touched. */
const noLocalPlatform: LocalPlatform = {
  read: () => Promise.resolve(undefined),
  ensure: () => Promise.reject(new Error('the test did not expect the local platform to be started')),
};

async function* chunksOf(text: string): AsyncIterable<string> {
  if (text !== '') yield await Promise.resolve(text);
}

function recorder(
  columns: number | undefined,
  onOutput: RunOptions['onOutput'],
): {
  write(text: string): void;
  text: string;
  isTTY?: true;
  columns?: number;
} {
  const stream = {
    text: '',
    write(text: string): void {
      stream.text += text;
      onOutput?.(text);
    },
  };
  return columns === undefined ? stream : Object.assign(stream, { isTTY: true as const, columns });
}

/**
 * Runs one command line in this process with its own streams, environment and home. Without `home` an empty temporary one is used; the
 * working directory is the home unless `cwd` says otherwise.
 */
export async function runRt(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const temporary = await mkdtemp(join(tmpdir(), 'rt-run-'));
  const home = options.home ?? temporary;
  const stdout = recorder(options.columns, options.onOutput);
  const stderr = recorder(options.columns, options.onOutput);
  const stdin = Object.assign(chunksOf(options.stdin ?? ''), { isTTY: options.columns !== undefined });
  const around: CliSurroundings = {
    environment: {
      // Whatever engines the machine has, a test names the driver that it means.
      env: { RT_HOME: join(home, 'rt-home'), RT_PLATFORM_DRIVER: 'process', ...options.env },
      cwd: options.cwd ?? home,
      home,
      temporary,
      user: process.getuid?.(),
      platform: 'linux',
      arch: 'x64',
      nodeVersion: 'v20.20.2',
      execPath: process.execPath,
      stdin,
      clock: systemClock,
    },
    stdout,
    stderr,
    signal: options.signal ?? new AbortController().signal,
    endInOrder: () => undefined,
    createPrompter: (allowed) => ({
      allowed: allowed && (options.answer ?? options.typed) !== undefined,
      confirm: (question) => Promise.resolve(options.answer?.(question) ?? false),
      text: (question) => Promise.resolve(options.typed?.(question) ?? ''),
      secret: (question) => Promise.resolve(options.typed?.(question) ?? ''),
      choose: (question, choices) => {
        const chosen = choices.find((choice) => choice === options.typed?.(question));
        return chosen === undefined
          ? Promise.reject(new Error(`no such choice: ${question}`))
          : Promise.resolve(chosen);
      },
    }),
    createProgress: () => noProgress,
    createLocalPlatform: () => options.local ?? noLocalPlatform,
  };
  try {
    // Imported as the commands are, so that both see the same error classes whatever module system the test was loaded with.
    const { runCli } = await import('../../src/lib/cli/run-cli.js');
    const status = await runCli(argv, options.program ?? programOfSources(), around);
    return { status, stdout: stdout.text, stderr: stderr.text };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
