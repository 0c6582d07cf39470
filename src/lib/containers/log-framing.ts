/** The two streams of a runtime. */
export type LogStream = 'stdout' | 'stderr';

/** One line without its line feed. */
export interface FramedLine {
  readonly stream: LogStream;
  readonly text: string;
}

/** What a stock runtime writes to both streams at the end of every activation (action-interface.md §1.7). */
export const logSentinel = 'XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX';

/** Bytes of a line that become one entry; a longer one is cut into several, as Docker does (RS-506). */
export const maxLineLength = 16_384;

const lineFeed = 10;

/**
 * Cuts the bytes of two streams into lines, wherever the chunks begin and end. Lines with the sentinel are dropped and noted; invalid UTF-8
 * becomes U+FFFD; a line above 16 KB is cut into pieces that end with `…`. Order is kept within a stream.
 */
export class LogFramer {
  private readonly rest: Record<LogStream, Buffer[]> = { stdout: [], stderr: [] };
  private readonly restLength: Record<LogStream, number> = { stdout: 0, stderr: 0 };
  private readonly ended: Record<LogStream, boolean> = { stdout: false, stderr: false };

  /** True when the sentinel was seen on both streams since the last `reset`. */
  get done(): boolean {
    return this.ended.stdout && this.ended.stderr;
  }

  /** Takes the next bytes of a stream and returns the lines that they complete. */
  push(stream: LogStream, chunk: Buffer): FramedLine[] {
    const lines: FramedLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      this.append(stream, chunk.subarray(start, end), lines);
      this.emit(stream, this.takeRest(stream), lines);
      start = end + 1;
    }
    this.append(stream, chunk.subarray(start), lines);
    return lines;
  }

  /** Returns what is left without a line feed on both streams, as last lines. */
  flush(): FramedLine[] {
    const lines: FramedLine[] = [];
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.restLength[stream] > 0) this.emit(stream, this.takeRest(stream), lines);
    }
    return lines;
  }

  /** Forgets what is left and which sentinels were seen. */
  reset(): void {
    this.takeRest('stdout');
    this.takeRest('stderr');
    this.ended.stdout = false;
    this.ended.stderr = false;
  }

  private append(stream: LogStream, bytes: Buffer, lines: FramedLine[]): void {
    if (bytes.length === 0) return;
    this.rest[stream].push(bytes);
    this.restLength[stream] += bytes.length;
    if (this.restLength[stream] > maxLineLength) this.cut(stream, lines);
  }

  private cut(stream: LogStream, lines: FramedLine[]): void {
    let bytes = this.takeRest(stream);
    while (bytes.length > maxLineLength) {
      const end = characterBoundary(bytes, maxLineLength);
      this.emit(stream, bytes.subarray(0, end), lines, '…');
      bytes = bytes.subarray(end);
    }
    // Copied, so that a short rest does not keep a large chunk in memory.
    this.rest[stream] = [Buffer.from(bytes)];
    this.restLength[stream] = bytes.length;
  }

  private emit(stream: LogStream, bytes: Buffer, lines: FramedLine[], mark = ''): void {
    const text = bytes.toString('utf8');
    if (text.includes(logSentinel)) this.ended[stream] = true;
    else lines.push({ stream, text: text + mark });
  }

  private takeRest(stream: LogStream): Buffer {
    const [first, ...others] = this.rest[stream];
    this.rest[stream] = [];
    this.restLength[stream] = 0;
    if (first === undefined) return Buffer.alloc(0);
    return others.length === 0 ? first : Buffer.concat([first, ...others]);
  }
}

/** The last position up to `position` that does not split a UTF-8 character; `position` itself where the bytes are not UTF-8. */
function characterBoundary(bytes: Buffer, position: number): number {
  for (let at = position; at > position - 4 && at > 0; at -= 1) {
    if (((bytes[at] ?? 0) & 0b1100_0000) !== 0b1000_0000) return at;
  }
  return position;
}
