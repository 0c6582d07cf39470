import { PassThrough, type Readable } from 'node:stream';
import type { Clock } from '../../entity/clock.js';
import type { RuntimeProcess } from './runtime-process.js';

interface LastLineReaderDeps {
  readonly clock: Clock;
  /** Bytes of the last line that are kept. */
  readonly limit: number;
  readonly process: RuntimeProcess;
}

/** Milliseconds after its end during which something that the process has started may hold its stdout open. */
const patience = 250;

/**
 * Splits the output of a process into its last line and all before it, which are logs. What is kept of a line is bounded; the bytes beyond are
 * counted.
 */
export class LastLineReader {
  /** All but the last line. */
  readonly logs: Readable;
  /** The last line without its line feed, and its whole length in bytes; resolves when the process has ended. */
  readonly lastLine: Promise<{ readonly line: string; readonly length: number }>;
  private held: Buffer[] = [];
  private kept = 0;
  private length = 0;
  private complete = false;
  private blanks = 0;

  constructor(private readonly deps: LastLineReaderDeps) {
    const logs = new PassThrough();
    this.logs = logs;
    const { stdout } = deps.process.output;
    stdout.on('data', (chunk: Buffer) => {
      this.receive(chunk, logs);
    });
    const ended = new Promise<void>((resolve) => stdout.once('close', resolve));
    this.lastLine = this.finish(ended, logs);
  }

  private async finish(ended: Promise<void>, logs: PassThrough): Promise<{ line: string; length: number }> {
    const { process, clock } = this.deps;
    await process.exited;
    await Promise.race([ended, new Promise<void>((resolve) => void clock.after(patience, resolve))]);
    logs.end();
    return { line: Buffer.concat(this.held).toString('utf8').replace(/\r$/, ''), length: this.length };
  }

  private receive(chunk: Buffer, logs: PassThrough): void {
    let rest = chunk;
    while (rest.length > 0) {
      const end = rest.indexOf(10);
      const part = end === -1 ? rest : rest.subarray(0, end);
      if (this.complete && part.length === 0) {
        // Empty lines at the end are not the last line.
        this.blanks += 1;
        rest = rest.subarray(1);
        continue;
      }
      if (this.complete) this.release(logs);
      this.hold(part);
      this.complete = end !== -1;
      rest = end === -1 ? rest.subarray(rest.length) : rest.subarray(end + 1);
    }
  }

  private hold(part: Buffer): void {
    this.length += part.length;
    const room = this.deps.limit - this.kept;
    if (room <= 0) return;
    const piece = part.subarray(0, room);
    this.kept += piece.length;
    this.held.push(piece);
  }

  /** A further line has begun: the held one is a log. */
  private release(logs: PassThrough): void {
    logs.write(Buffer.concat([...this.held, Buffer.alloc(1 + this.blanks, '\n')]));
    this.blanks = 0;
    this.held = [];
    this.kept = 0;
    this.length = 0;
    this.complete = false;
  }
}
