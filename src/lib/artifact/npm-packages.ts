import { spawn } from 'node:child_process';
import { cp, lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors/client-errors.js';

/** What `--npm` runs: `ci`, `install`, or `auto`, which is `ci` where there is a lock file (C-35). */
export type NpmMode = 'auto' | 'ci' | 'install';

/** How packages are installed. */
export interface NpmOptions {
  readonly mode: NpmMode;
  /** Folder for temporary files. */
  readonly temporary: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Ends npm and everything it has started. */
  readonly signal: AbortSignal;
}

const lockFiles = ['package-lock.json', 'npm-shrinkwrap.json'];

/** Not copied: npm makes it anew, and history is never part of an action. */
const left = new Set(['node_modules', '.git']);

/** Lines of npm's output that an error shows. */
const shownLines = 12;

/** Characters of npm's output that are kept. */
const keptOutput = 1_000_000;

/**
 * Copies a Node.js folder, installs its packages without those for development in the copy, and gives the copy to `use`; it is removed in
 * the end whatever happens (C-35). `name` is what messages call the folder. Throws UsageError when npm is missing or fails.
 */
export async function withPackages<T>(
  folder: { readonly path: string; readonly name: string },
  options: NpmOptions,
  use: (copy: string) => Promise<T>,
): Promise<T> {
  const names = await readdir(folder.path);
  if (!names.includes('package.json')) {
    throw new UsageError(`'${folder.name}' has no package.json, so --npm has nothing to install`);
  }
  const locked = lockFiles.some((file) => names.includes(file));
  const command = options.mode === 'auto' ? (locked ? 'ci' : 'install') : options.mode;
  const home = await mkdtemp(join(options.temporary, 'rt-npm-'));
  try {
    const copy = join(home, 'app');
    await copyFolder(folder.path, copy);
    await runNpm(command, copy, folder.name, options);
    return await use(copy);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  const skipped = new Set([...left].map((name) => join(from, name)));
  await cp(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: async (path) => {
      if (skipped.has(path)) return false;
      const stats = await lstat(path);
      return stats.isFile() || stats.isDirectory() || stats.isSymbolicLink();
    },
  });
}

async function runNpm(command: 'ci' | 'install', folder: string, name: string, options: NpmOptions): Promise<void> {
  const { env, platform, signal } = options;
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--no-update-notifier'];
  const own = command === 'install' ? ['--no-package-lock'] : [];
  const child = spawn('npm', [command, '--omit=dev', ...own, ...quiet], {
    cwd: folder,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that scripts of packages end with npm; on Windows npm is a script for the shell.
    detached: platform !== 'win32',
    shell: platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < keptOutput) output += text;
    });
  const stop = (): void => {
    endGroup(child.pid, platform);
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (status !== 0 || signal.aborted) throw npmFailed(command, name, output);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`npm cannot be started, so the packages of '${name}' are not installed`, {
      hint: 'npm comes with Node.js; is it on your PATH?',
      cause,
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function npmFailed(command: string, name: string, output: string): UsageError {
  return new UsageError(`npm ${command} failed in a copy of '${name}':\n${tellingLines(output)}`);
}

function endGroup(pid: number | undefined, platform: NodeJS.Platform): void {
  if (pid === undefined) return;
  try {
    process.kill(platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** The lines of npm's output that say what went wrong: its first error lines, else the last ones. */
function tellingLines(output: string): string {
  const lines = output.trimEnd().split('\n');
  const errors = lines.filter((line) => /^npm (?:error|ERR!)\s*\S/.test(line));
  return (errors.length === 0 ? lines.slice(-shownLines) : errors.slice(0, shownLines)).join('\n');
}
