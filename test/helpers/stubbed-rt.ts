import { FolderWithFiles } from './folder-with-files.js';
import { runRt, type RunOptions, type RunResult } from './run-rt.js';
import { StubHost } from './stub-host.js';

/** The program in front of a stub host, with a working folder of its own. */
export class StubbedRt {
  private constructor(
    readonly host: StubHost,
    readonly folder: FolderWithFiles,
  ) {}

  static async start(): Promise<StubbedRt> {
    return new StubbedRt(await StubHost.start(), await FolderWithFiles.create());
  }

  /** Runs a command line; words are separated by single spaces, or given as a list. */
  run(line: string | readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const env = { RT_APIHOST: this.host.url, RT_AUTH: 'uuid:key', RT_RETRIES: '0', ...options.env };
    const argv = typeof line === 'string' ? line.split(' ') : line;
    return runRt(argv, { ...options, cwd: options.cwd ?? this.folder.path, env });
  }

  /** The JSON body of the last request. */
  get lastBody(): unknown {
    const body: unknown = JSON.parse(this.lastText);
    return body;
  }

  /** The body of the last request as it was sent. */
  get lastText(): string {
    return this.host.requests.at(-1)?.body ?? '';
  }

  /** Fails when an expected request did not come, or another one did. */
  async close(): Promise<void> {
    await this.folder.remove();
    await this.host.close();
  }
}
