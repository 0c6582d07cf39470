import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** How a child process ended, and what it printed. */
export interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables of a platform, as `rt platform env --json` prints them. */
export interface PlatformVariables {
  readonly WHISK_APIHOST: string;
  readonly WHISK_AUTH: string;
}

/**
 * The built program as a user has it: on the PATH under some names, with a home and a working folder of its own. `dispose` stops the local
 * platform that it may have started and removes everything.
 */
export class BuiltRt {
  /** Working folder of every command. */
  readonly work: string;
  readonly home: string;
  private readonly bin: string;

  private constructor(private readonly folder: TemporaryFolder) {
    this.home = folder.path;
    this.work = join(folder.path, 'work');
    this.bin = join(folder.path, 'bin');
  }

  /** `names`: the names under which the program lies on the PATH besides `rt`; `files`: what lies in the working folder. */
  static async create(
    options: { readonly names?: readonly string[]; readonly files?: Readonly<Record<string, string>> } = {},
  ): Promise<BuiltRt> {
    const rt = new BuiltRt(temporaryFolder('rt-built-'));
    await mkdir(rt.work);
    await mkdir(rt.bin);
    for (const name of ['rt', ...(options.names ?? [])]) {
      await symlink(join(root, 'bin', 'run.cjs'), join(rt.bin, name));
    }
    for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(rt.work, name), text);
    return rt;
  }

  /** The environment of every command: nothing of the developer's own but the PATH behind ours. */
  get environment(): Record<string, string> {
    return {
      HOME: this.home,
      PATH: `${this.bin}${delimiter}${process.env.PATH ?? ''}`,
      RT_HOME: join(this.home, 'rt'),
      RT_PLATFORM_PORT: '0',
      TZ: 'UTC',
    };
  }

  /** Runs `rt` with these words to its end. */
  run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.program(join(this.bin, 'rt'), words, env);
  }

  /** Runs any program in the working folder, `rt` on its PATH. */
  program(file: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const options = { cwd: this.work, env: { ...this.environment, ...env }, timeout: 120_000, maxBuffer: 2 ** 26 };
    return new Promise((resolve) => {
      const child = execFile(file, words, options, (error, stdout, stderr) => {
        const exit = child.exitCode ?? (error === null ? 0 : -1);
        resolve({ exit, stdout, stderr });
      });
      child.stdin?.end();
    });
  }

  /** Starts a local platform that keeps nothing on disk, and tells how to reach it. */
  async startPlatform(): Promise<PlatformVariables> {
    const started = await this.run(['platform', 'start', '--ephemeral']);
    if (started.exit !== 0) throw new Error(`the platform did not start: ${started.stderr}`);
    return JSON.parse((await this.run(['platform', 'env', '--json'])).stdout) as PlatformVariables;
  }

  async dispose(): Promise<void> {
    await this.run(['platform', 'stop', '--force']);
    this.folder.dispose();
  }
}
