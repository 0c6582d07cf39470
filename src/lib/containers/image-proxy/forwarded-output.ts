import type { Readable, Writable } from 'node:stream';
import { logSentinel, type LogStream } from '../log-framing.js';
import { quietPipes } from '../process/quiet-pipes.js';

/** The output of an action's process on its way to that of the container, where the engine reads it. */
export class ForwardedOutput {
  private count = 0;

  constructor(private readonly target: Readonly<Record<LogStream, Writable>>) {}

  /** Chunks that have come so far. */
  get arrivals(): number {
    return this.count;
  }

  /** Begins to forward a stream. */
  attach(stream: LogStream, source: Readable): void {
    source.on('data', (chunk: Buffer) => {
      this.count += 1;
      this.target[stream].write(chunk);
    });
  }

  /** Adds a line of the proxy itself. */
  note(stream: LogStream, text: string): void {
    this.target[stream].write(`${text}\n`);
  }

  /** Writes the sentinel behind everything that the action has written so far (action-interface.md §1.7). */
  async endActivation(): Promise<void> {
    await quietPipes(this);
    for (const stream of ['stdout', 'stderr'] as const) this.note(stream, logSentinel);
  }
}
