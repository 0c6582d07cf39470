import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PlatformStatus, RuntimeRow } from '../../src/lib/platform/control-client-documents.js';

/** How to reach a running local platform. */
export interface PlatformAddress {
  readonly url: string;
  /** `uuid:key`. */
  readonly auth: string;
  readonly pid: number;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A private home folder in which the packed program runs, with a platform of its own that ends with it. */
export class Playground {
  private constructor(
    private readonly home: string,
    /** The whole environment of measured children: no NODE_EXTRA_CA_CERTS, which would hide most of a start-up (performance.md §1). */
    readonly env: Readonly<Record<string, string>>,
  ) {}

  /** `more` comes on top of the environment. */
  static async create(more: Readonly<Record<string, string>> = {}): Promise<Playground> {
    const home = await mkdtemp(join(tmpdir(), 'rt-bench-'));
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      RT_HOME: join(home, 'rt'),
      RT_PLATFORM_PORT: '0',
      RT_PLATFORM_DRIVER: 'process',
      ...more,
    };
    await copyFile(join(ROOT, 'test/fixtures/samples/greet.js'), join(home, 'greet.js'));
    return new Playground(home, env);
  }

  /** The words that run `rt` from the packed form. */
  command(...words: string[]): string[] {
    return [process.execPath, join(ROOT, 'bin/run.cjs'), ...words];
  }

  /** A path below the home folder. */
  path(name: string): string {
    return join(this.home, name);
  }

  /** Runs `rt` unmeasured; rejects when it fails. */
  async run(...words: string[]): Promise<string> {
    const [program = '', ...rest] = this.command(...words);
    const { stdout } = await promisify(execFile)(program, rest, { cwd: this.home, env: this.env, timeout: 60_000 });
    return stdout;
  }

  /** Starts the platform on a free port, with more words of `rt platform start`, and reads where it listens. */
  async startPlatform(...options: string[]): Promise<PlatformAddress> {
    await this.run('platform', 'start', '--port', '0', ...options);
    const state = JSON.parse(await readFile(join(this.home, 'rt/run/state.json'), 'utf8')) as Partial<PlatformAddress>;
    const { url, auth, pid } = state;
    if (url === undefined || auth === undefined || pid === undefined) {
      throw new Error('the state file has no url, auth and pid');
    }
    return { url, auth, pid };
  }

  /** The runtimes of the platform. */
  async runtimes(): Promise<RuntimeRow[]> {
    const document: unknown = JSON.parse(await this.run('platform', 'ps', '--json'));
    if (!Array.isArray(document)) throw new Error('rt platform ps --json printed no list');
    return document as RuntimeRow[];
  }

  /** Resolves when no activation runs or waits and no runtime is being made; rejects after a minute. */
  async untilIdle(): Promise<void> {
    const end = performance.now() + 60_000;
    while (!(await this.isIdle())) {
      if (performance.now() > end) throw new Error('the platform does not become idle');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Writes a file into the home folder and gives its path. */
  async write(name: string, text: string): Promise<string> {
    const path = join(this.home, name);
    await writeFile(path, text);
    return path;
  }

  private async isIdle(): Promise<boolean> {
    const status = JSON.parse(await this.run('platform', 'status', '--json')) as PlatformStatus;
    if (status.inFlight > 0) return false;
    return (await this.runtimes()).every(
      ({ state }) => state === 'idle' || state === 'stem cell' || state === 'paused',
    );
  }

  async dispose(): Promise<void> {
    await this.run('platform', 'stop', '--force').catch(() => undefined);
    await rm(this.home, { recursive: true, force: true });
  }
}
