import type { Readable, Writable } from 'node:stream';
import { logSentinel, type LogStream } from '../log-framing.js';
import { PipeTurns } from '../process/pipe-turns.js';

/** The output of an action's process on its way to that of the container, where the engine reads it. */
export class ForwardedOutput {
  private readonly turns = new PipeTurns();

  constructor(private readonly target: Readonly<Record<LogStream, Writable>>) {}

  /** Begins to forward a stream. */
  attach(stream: LogStream, source: Readable): void {
    source.on('data', (chunk: Buffer) => {
      this.target[stream].write(chunk);
    });
  }

  /** Adds a line of the proxy itself. */
  note(stream: LogStream, text: string): void {
    this.target[stream].write(`${text}\n`);
  }

  /** Writes the sentinel behind everything that the action has written so far (action-interface.md §1.7). */
  async endActivation(): Promise<void> {
    await this.turns.afterRead();
    for (const stream of ['stdout', 'stderr'] as const) this.note(stream, logSentinel);
  }
}
