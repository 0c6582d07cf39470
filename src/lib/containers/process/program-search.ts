import { execFile } from 'node:child_process';
import { accessSync, closeSync, constants, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { byVersion } from './version-order.js';

const run = promisify(execFile);

/** Milliseconds that a program may take to say what it is. */
const probeTimeout = 10_000;

/**
 * Looks for programs in the folders of a PATH. Answers are remembered; a process is started only where the file does not say enough. A start
 * asks for some hundred files, each of which is told in microseconds: sending the questions to other threads took ten times as long (P-14).
 */
export class ProgramSearch {
  private readonly listings = new Map<string, { readonly mtime: number; readonly names: string }>();
  private readonly outputs = new Map<string, Promise<string | undefined>>();

  constructor(private readonly path: string) {}

  /** The first executable file of this name; undefined when there is none. */
  find(name: string): string | undefined {
    for (const file of this.findAll(name)) return file;
    return undefined;
  }

  /** All executable files of this name, in the order of the PATH. */
  *findAll(name: string): Generator<string> {
    for (const folder of this.pathFolders()) {
      const file = join(folder, name);
      if (isExecutableFile(file)) yield file;
    }
  }

  /** Names of files on the PATH that match, without looking at the files. */
  names(pattern: RegExp): string[] {
    const lines = new RegExp(pattern, 'gm');
    return [...new Set(this.pathFolders().flatMap((folder) => this.namesIn(folder).match(lines) ?? []))];
  }

  /** Whether the file is a script, such as the shims of pyenv, that starts something else. */
  isScript(file: string): boolean {
    const start = Buffer.alloc(2);
    try {
      const descriptor = openSync(file, 'r');
      try {
        return start.toString('latin1', 0, readSync(descriptor, start, 0, start.length, 0)) === '#!';
      } finally {
        closeSync(descriptor);
      }
    } catch {
      return false;
    }
  }

  /** What the program prints for these arguments, trimmed; undefined when it fails. Asked once. */
  output(file: string, args: readonly string[]): Promise<string | undefined> {
    const key = [file, ...args].join('\0');
    const known = this.outputs.get(key);
    if (known !== undefined) return known;
    const answer = run(file, args, { cwd: '/', env: { PATH: this.path }, timeout: probeTimeout }).then(
      ({ stdout }) => stdout.trim(),
      () => undefined,
    );
    this.outputs.set(key, answer);
    return answer;
  }

  /** Whether a program that was found is still there. */
  isThere(file: string): boolean {
    return isExecutableFile(file);
  }

  /** Names of the entries of a folder that match, in the order of their versions; none when there is no such folder. */
  folders(folder: string, pattern: RegExp): string[] {
    return namesOf(folder)
      .filter((name) => pattern.test(name))
      .sort(byVersion);
  }

  /** One name a line: to match them all at once costs a start 1 ms less than one by one (P-14). A folder is read again when it has changed. */
  private namesIn(folder: string): string {
    const mtimeMs = mtimeOf(folder);
    if (mtimeMs === undefined) return '';
    const known = this.listings.get(folder);
    if (known?.mtime === mtimeMs) return known.names;
    const names = namesOf(folder).join('\n');
    this.listings.set(folder, { mtime: mtimeMs, names });
    return names;
  }

  private pathFolders(): string[] {
    return this.path.split(delimiter).filter((folder) => isAbsolute(folder));
  }
}

function mtimeOf(folder: string): number | undefined {
  try {
    return statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  } catch {
    return undefined;
  }
}

function namesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Whether there is a file of this name that may be started. */
export function isExecutableFile(file: string): boolean {
  return isFile(file) && isAllowed(file, constants.X_OK);
}

/** The first of these files that exists and can be read. */
export function findFile(files: readonly string[]): string | undefined {
  return files.find((file) => isAbsolute(file) && isAllowed(file, constants.R_OK));
}

function isFile(file: string): boolean {
  try {
    // Most are not there, and making an error for each is what takes the time.
    return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

function isAllowed(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}
