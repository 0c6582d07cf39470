import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** How to reach a running local platform. */
export interface PlatformAddress {
  readonly url: string;
  /** `uuid:key`. */
  readonly auth: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A private home folder in which the packed program runs, with a platform of its own that ends with it. */
export class Playground {
  private constructor(
    private readonly home: string,
    /** The whole environment of measured children: no NODE_EXTRA_CA_CERTS, which would hide most of a start-up (performance.md §1). */
    readonly env: Readonly<Record<string, string>>,
  ) {}

  static async create(): Promise<Playground> {
    const home = await mkdtemp(join(tmpdir(), 'rt-bench-'));
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      RT_HOME: join(home, 'rt'),
      RT_PLATFORM_PORT: '0',
      RT_PLATFORM_DRIVER: 'process',
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

  /** Starts the platform on a free port with empty stores, and reads where it listens. */
  async startPlatform(): Promise<PlatformAddress> {
    await this.run('platform', 'start', '--port', '0', '--ephemeral');
    const state: unknown = JSON.parse(await readFile(join(this.home, 'rt/run/state.json'), 'utf8'));
    if (typeof state !== 'object' || state === null || !('url' in state) || !('auth' in state)) {
      throw new Error('the state file has no url and auth');
    }
    return { url: String(state.url), auth: String(state.auth) };
  }

  async dispose(): Promise<void> {
    await this.run('platform', 'stop', '--force').catch(() => undefined);
    await rm(this.home, { recursive: true, force: true });
  }
}
