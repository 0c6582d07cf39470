import type { Readable } from 'node:stream';
import type { Clock } from '../../entity/clock.js';
import type { CollectedLogs } from '../container.js';
import { collectionFailureText, developerErrorText, logEntry, logTime, truncationText } from '../log-entry.js';
import { LogFramer, type LogStream } from '../log-framing.js';

/** Bytes that are buffered for one activation at most: the largest log limit there is, 10 MB (action-interface.md §1.7.3). */
const maxBuffered = 10 * 1024 * 1024;

/** Bytes that are thrown away before the reader rests, and for how long: a flood cannot take the whole event loop (RS-506). */
const discardBurst = 1024 * 1024;
const discardRest = 4;

interface StreamCollectorDeps {
  readonly clock: Clock;
  /** Told how many bytes were written while no activation was open; they belong to nobody (RS-507). */
  readonly onStray: (bytes: number) => void;
}

/**
 * Takes the output of one runtime as log entries of the activation that is open. No sentinel is needed: both pipes are private, and a
 * runtime writes its output before its answer. What exceeds the bound is read and thrown away.
 */
export class StreamCollector {
  private readonly framer = new LogFramer();
  private readonly sources: Readable[] = [];
  private entries: string[] = [];
  /** Bytes of the entries, each with one for its line feed. */
  private size = 0;
  private overflowed = false;
  private failed = false;
  private open = true;
  /** Counts chunks, so that a turn of the event loop that brings nothing can be recognised. */
  private arrivals = 0;
  private discarded = 0;

  constructor(private readonly deps: StreamCollectorDeps) {}

  /** Begins to read a stream of the runtime's process. */
  attach(stream: LogStream, source: Readable): void {
    this.sources.push(source);
    source.on('data', (chunk: Buffer) => {
      this.receive(stream, chunk);
    });
    source.on('error', () => {
      this.failed = true;
    });
  }

  /** From now on output belongs to the activation whose request is being sent. */
  begin(): void {
    this.open = true;
  }

  /** Adds a line that the driver itself has to say about the activation, such as a refused archive. */
  note(stream: LogStream, text: string): void {
    this.arrivals += 1;
    for (const line of this.framer.push(stream, Buffer.from(`${text}\n`))) this.keep(line.stream, line.text);
  }

  /** The entries since the last call. Waits until one whole turn of the event loop brings nothing more. */
  async take(options: { readonly limit: number; readonly developerError: boolean }): Promise<CollectedLogs> {
    await this.drain();
    for (const line of this.framer.flush()) this.keep(line.stream, line.text);
    const lines = options.limit === 0 ? [] : this.entries;
    const cut = cutToLimit(lines, Math.min(this.size, maxBuffered + 1), options.limit);
    const truncated = options.limit > 0 && (cut !== undefined || this.overflowed);
    const taken = { lines: cut ?? lines, truncated, complete: !this.failed };
    this.reset();
    return { ...taken, lines: [...taken.lines, ...this.closingLines(taken, options)] };
  }

  private closingLines(
    { truncated, complete }: { readonly truncated: boolean; readonly complete: boolean },
    { limit, developerError }: { readonly limit: number; readonly developerError: boolean },
  ): string[] {
    if (limit === 0) return [];
    const texts = [];
    if (truncated) texts.push(truncationText(limit));
    if (!complete) texts.push(collectionFailureText);
    if (developerError) texts.push(developerErrorText);
    const time = logTime(this.deps.clock.now());
    return texts.map((text) => logEntry(time, 'stderr', text));
  }

  /** The answer was readable, so all output before it already lies in the pipes: read until a turn brings nothing. */
  private async drain(): Promise<void> {
    for (let before = -1; before !== this.arrivals;) {
      before = this.arrivals;
      await turn();
      await turn();
    }
  }

  private receive(stream: LogStream, chunk: Buffer): void {
    this.arrivals += 1;
    if (!this.open) {
      this.deps.onStray(chunk.length);
      return;
    }
    if (this.overflowed) {
      this.discard(chunk.length);
      return;
    }
    for (const line of this.framer.push(stream, chunk)) this.keep(line.stream, line.text);
  }

  private keep(stream: LogStream, text: string): void {
    if (this.overflowed) return;
    const entry = logEntry(logTime(this.deps.clock.now()), stream, text);
    this.size += Buffer.byteLength(entry) + 1;
    if (this.size > maxBuffered) this.overflowed = true;
    else this.entries.push(entry);
  }

  private discard(bytes: number): void {
    this.discarded += bytes;
    if (this.discarded < discardBurst) return;
    this.discarded = 0;
    for (const source of this.sources) source.pause();
    this.deps.clock.after(discardRest, () => {
      for (const source of this.sources) source.resume();
    });
  }

  private reset(): void {
    this.framer.reset();
    this.entries = [];
    this.size = 0;
    this.overflowed = false;
    this.open = false;
  }
}

/** The entries that fit into the limit, or undefined when all do. An entry counts with its time stamp and a line feed. */
function cutToLimit(entries: readonly string[], size: number, limit: number): string[] | undefined {
  if (size <= limit || limit === 0) return undefined;
  let used = 0;
  const end = entries.findIndex((entry) => {
    used += Buffer.byteLength(entry) + 1;
    return used > limit;
  });
  return end === -1 ? undefined : entries.slice(0, end);
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
