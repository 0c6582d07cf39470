import type { Readable } from 'node:stream';
import type { Clock } from '../entity/clock.js';
import type { CollectedLogs } from './container.js';
import { collectionFailureText, developerErrorText, logEntry, logTime, truncationText } from './log-entry.js';
import { LogFramer, type LogStream } from './log-framing.js';

/** Bytes that are buffered for one activation at most: the largest log limit there is, 10 MB (action-interface.md §1.7.3). */
const maxBuffered = 10 * 1024 * 1024;

/** Bytes that are thrown away before the reader rests, and for how long: a flood cannot take the whole event loop (RS-506). */
const discardBurst = 1024 * 1024;
const discardRest = 4;

/** What a collector sees of the output while it waits for the end of an activation's. */
export interface OutputView {
  /** Chunks that have come so far, so that a time that brings nothing can be recognised. */
  readonly arrivals: number;
  /** Whether the sentinel was seen on both streams since the last activation. */
  readonly marked: boolean;
  /** Whether so much came that the rest is thrown away. */
  readonly overflowed: boolean;
  /** Whether no more can come. */
  readonly ended: boolean;
  /** Resolves when something has come or the streams have ended; after `ms` milliseconds at the latest. */
  change(ms: number): Promise<void>;
}

/** What is collected of the output of one activation. */
export interface CollectOptions {
  /** Bytes; 0 collects nothing. */
  readonly limit: number;
  readonly developerError: boolean;
}

/** Waits until the output of an activation is there; false when some of it is missing. */
export type OutputEnd = (output: OutputView, options: CollectOptions) => Promise<boolean>;

/** What can be made to rest while it brings too much. */
export interface Pausable {
  pause(): void;
  resume(): void;
}

interface StreamCollectorDeps {
  readonly clock: Clock;
  /** How the driver knows that the output of an activation has come. */
  readonly awaitEnd: OutputEnd;
  /** Told how many bytes were written while no activation was open; they belong to nobody (RS-507). */
  readonly onStray: (bytes: number) => void;
}

/**
 * Takes the output of one runtime as log entries of the activation that is open. Lines with the sentinel are no part of it. What exceeds
 * the bound is read and thrown away.
 */
export class StreamCollector implements OutputView {
  private readonly framer = new LogFramer();
  private readonly sources: Pausable[] = [];
  private entries: string[] = [];
  /** Bytes of the entries, each with one for its line feed. */
  private size = 0;
  private cut = false;
  private failed = false;
  private open = true;
  private count = 0;
  private closed = false;
  private discarded = 0;
  private onChange: () => void = () => undefined;

  constructor(private readonly deps: StreamCollectorDeps) {}

  get arrivals(): number {
    return this.count;
  }

  get marked(): boolean {
    return this.framer.done;
  }

  get overflowed(): boolean {
    return this.cut;
  }

  get ended(): boolean {
    return this.closed;
  }

  change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.deps.clock.after(ms, resolve);
      this.onChange = () => {
        cancel();
        resolve();
      };
    });
  }

  /** Names what has to rest when `feed` gets too much. */
  addSource(source: Pausable): void {
    this.sources.push(source);
  }

  /** No more output will come; `failed` when some of it was lost. */
  end(failed: boolean): void {
    this.closed = true;
    this.failed ||= failed;
    this.onChange();
  }

  /** Begins to read a stream of the runtime's process. */
  attach(stream: LogStream, source: Readable): void {
    this.addSource(source);
    source.on('data', (chunk: Buffer) => {
      this.feed(stream, chunk);
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
    this.count += 1;
    for (const line of this.framer.push(stream, Buffer.from(`${text}\n`))) this.keep(line.stream, line.text);
  }

  /** The entries since the last call, once all of them have come. */
  async take(options: CollectOptions): Promise<CollectedLogs> {
    const whole = await this.deps.awaitEnd(this, options);
    for (const line of this.framer.flush()) this.keep(line.stream, line.text);
    const lines = options.limit === 0 ? [] : this.entries;
    const kept = cutToLimit(lines, Math.min(this.size, maxBuffered + 1), options.limit);
    const truncated = options.limit > 0 && (kept !== undefined || this.cut);
    const taken = { lines: kept ?? lines, truncated, complete: whole && !this.failed };
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
    if (texts.length === 0) return texts;
    const time = logTime(this.deps.clock.now());
    return texts.map((text) => logEntry(time, 'stderr', text));
  }

  /** Takes the next bytes of a stream. */
  feed(stream: LogStream, chunk: Buffer): void {
    this.count += 1;
    if (!this.open) {
      this.deps.onStray(chunk.length);
      return;
    }
    if (this.cut) {
      this.discard(chunk.length);
      return;
    }
    for (const line of this.framer.push(stream, chunk)) this.keep(line.stream, line.text);
    this.onChange();
  }

  private keep(stream: LogStream, text: string): void {
    if (this.cut) return;
    const entry = logEntry(logTime(this.deps.clock.now()), stream, text);
    this.size += Buffer.byteLength(entry) + 1;
    if (this.size > maxBuffered) this.cut = true;
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
    this.cut = false;
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
