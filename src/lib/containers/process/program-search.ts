import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, open, readdir, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Milliseconds that a program may take to say what it is. */
const probeTimeout = 10_000;

/** Looks for programs in the folders of a PATH. Answers are remembered; a process is started only where the file does not say enough. */
export class ProgramSearch {
  private readonly listings = new Map<string, { readonly mtime: number; readonly names: readonly string[] }>();
  private readonly outputs = new Map<string, Promise<string | undefined>>();

  constructor(private readonly path: string) {}

  /** The first executable file of this name; undefined when there is none. */
  async find(name: string): Promise<string | undefined> {
    for await (const file of this.findAll(name)) return file;
    return undefined;
  }

  /** All executable files of this name, in the order of the PATH. */
  async *findAll(name: string): AsyncGenerator<string> {
    for (const folder of this.pathFolders()) {
      const file = join(folder, name);
      if (await isExecutableFile(file)) yield file;
    }
  }

  /** Names of files on the PATH that match, without looking at the files. */
  async names(pattern: RegExp): Promise<string[]> {
    const lists = await Promise.all(this.pathFolders().map((folder) => this.namesIn(folder)));
    return [...new Set(lists.flat().filter((name) => pattern.test(name)))];
  }

  /** Whether the file is a script, such as the shims of pyenv, that starts something else. */
  async isScript(file: string): Promise<boolean> {
    const handle = await open(file).catch(() => undefined);
    try {
      const bytes = await handle?.read(Buffer.alloc(2), 0, 2, 0);
      return bytes?.buffer.toString('latin1', 0, bytes.bytesRead) === '#!';
    } finally {
      await handle?.close();
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
  isThere(file: string): Promise<boolean> {
    return isExecutableFile(file);
  }

  /** Names of the entries of a folder that match, in the order of their versions; none when there is no such folder. */
  async folders(folder: string, pattern: RegExp): Promise<string[]> {
    const names = await readdir(folder).catch(() => []);
    return names
      .filter((name) => pattern.test(name))
      .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  }

  /** A folder is read again only when it has changed. */
  private async namesIn(folder: string): Promise<readonly string[]> {
    try {
      const { mtimeMs } = await stat(folder);
      const known = this.listings.get(folder);
      if (known?.mtime === mtimeMs) return known.names;
      const names = await readdir(folder);
      this.listings.set(folder, { mtime: mtimeMs, names });
      return names;
    } catch {
      return [];
    }
  }

  private pathFolders(): string[] {
    return this.path.split(delimiter).filter((folder) => isAbsolute(folder));
  }
}

/** Whether there is a file of this name that may be started. */
export async function isExecutableFile(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** The first of these files that exists. */
export async function findFile(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    if (
      isAbsolute(file) &&
      (await access(file, constants.R_OK).then(
        () => true,
        () => false,
      ))
    )
      return file;
  }
  return undefined;
}
