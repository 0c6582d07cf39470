/** Where the parts of answers go. */
export interface AnswerSink {
  /** Bytes of the body of request `id`. */
  body(id: number, bytes: Buffer): void;
  /** The body is complete. */
  end(id: number, status: number): void;
}

/** The child wrote something that is no answer frame. */
class LinkViolation extends Error {
  constructor(detail: string) {
    super(`the runtime broke the protocol of its link: ${detail}`);
    this.name = 'LinkViolation';
  }
}

interface Frame {
  readonly id: number;
  readonly status: number;
  /** Bytes of the body that are still to come. */
  missing: number;
}

const maxHeader = 64;
const headerPattern = /^(\d{1,15}) (\d{3}) (\d{1,15})$/;

/**
 * Reads answers `<id> <status> <length>\n<bytes>` from chunks of any size. Bodies are handed on as parts of the chunks, never copied here.
 */
export class AnswerFrameReader {
  private header = '';
  private frame: Frame | undefined;

  constructor(private readonly sink: AnswerSink) {}

  /** Throws LinkViolation. */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.frame === undefined ? this.readHeader(rest) : this.readBody(this.frame, rest);
  }

  private readHeader(chunk: Buffer): Buffer {
    const end = chunk.indexOf(10);
    this.header += chunk.toString('latin1', 0, end === -1 ? Math.min(chunk.length, maxHeader + 1) : end);
    if (this.header.length > maxHeader) throw new LinkViolation('a header is too long');
    if (end === -1) return chunk.subarray(chunk.length);
    const match = headerPattern.exec(this.header);
    if (match === null) throw new LinkViolation('a header is malformed');
    this.header = '';
    const frame = { id: Number(match[1]), status: Number(match[2]), missing: Number(match[3]) };
    this.frame = frame;
    this.endIfComplete(frame);
    return chunk.subarray(end + 1);
  }

  private readBody(frame: Frame, chunk: Buffer): Buffer {
    const length = Math.min(frame.missing, chunk.length);
    this.sink.body(frame.id, chunk.subarray(0, length));
    frame.missing -= length;
    this.endIfComplete(frame);
    return chunk.subarray(length);
  }

  private endIfComplete(frame: Frame): void {
    if (frame.missing > 0) return;
    this.frame = undefined;
    this.sink.end(frame.id, frame.status);
  }
}
