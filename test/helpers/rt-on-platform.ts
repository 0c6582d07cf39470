import assert from 'node:assert/strict';
import { FolderWithFiles } from './folder-with-files.js';
import { runRt, type RunOptions, type RunResult } from './run-rt.js';
import { TestPlatform } from './test-platform.js';

/** The program in front of a real local platform with the namespace `guest`, with a working folder of its own. */
export class RtOnPlatform {
  private constructor(
    readonly platform: TestPlatform,
    readonly folder: FolderWithFiles,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async start(): Promise<RtOnPlatform> {
    const platform = await TestPlatform.create();
    const { state } = await platform.ensure({ ephemeral: true });
    const folder = await FolderWithFiles.create();
    return new RtOnPlatform(platform, folder, { RT_APIHOST: state.url, RT_AUTH: state.auth });
  }

  /** Runs a command line; words are separated by single spaces, or given as a list. */
  run(line: string | readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const argv = typeof line === 'string' ? line.split(' ') : line;
    return runRt(argv, { cwd: this.folder.path, ...options, env: { ...this.env, ...options.env } });
  }

  /** Runs a command line that must succeed without a word on stderr, and gives what it printed. */
  async ok(line: string | readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await this.run(line);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' }, String(line));
    return stdout;
  }

  /** Runs a command line with `--json` that must succeed, and gives the document. */
  async json(line: string): Promise<unknown> {
    return JSON.parse(await this.ok(`${line} --json`)) as unknown;
  }

  /** Ends the platform and removes everything. */
  async dispose(): Promise<void> {
    await this.platform.stop({ timeout: 0 });
    await this.platform.dispose();
    await this.folder.remove();
  }
}
