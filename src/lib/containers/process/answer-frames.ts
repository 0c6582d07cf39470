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
const lineFeed = 10;
const space = 32;
const zero = 48;
const none = Buffer.alloc(0);

/**
 * Reads answers `<id> <status> <length>\n<bytes>` from chunks of any size. Bodies are handed on as parts of the chunks, never copied here.
 */
export class AnswerFrameReader {
  /** The beginning of a header that a chunk has split. */
  private header: Buffer = none;
  private frame: Frame | undefined;

  constructor(private readonly sink: AnswerSink) {}

  /** Throws LinkViolation. */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.frame === undefined ? this.readHeader(rest) : this.readBody(this.frame, rest);
  }

  private readHeader(chunk: Buffer): Buffer {
    const bytes = this.header.length > 0 ? Buffer.concat([this.header, chunk]) : chunk;
    const end = bytes.indexOf(lineFeed);
    if (end > maxHeader || (end === -1 && bytes.length > maxHeader)) throw new LinkViolation('a header is too long');
    this.header = none;
    if (end === -1) {
      this.header = bytes;
      return none;
    }
    const frame = parseHeader(bytes, end);
    if (frame === undefined) throw new LinkViolation('a header is malformed');
    this.frame = frame;
    this.endIfComplete(frame);
    return bytes.subarray(end + 1);
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

/** The numbers of `<id> <status> <length>`; read without texts, because each answer has one (P-20). */
function parseHeader(bytes: Buffer, end: number): Frame | undefined {
  const idEnd = bytes.indexOf(space);
  const statusEnd = idEnd + 4;
  if (idEnd === -1 || bytes[statusEnd] !== space) return undefined;
  const id = parseNumber(bytes, 0, idEnd);
  const status = parseNumber(bytes, idEnd + 1, statusEnd);
  const missing = parseNumber(bytes, statusEnd + 1, end);
  return id === undefined || status === undefined || missing === undefined ? undefined : { id, status, missing };
}

/** A number of up to 15 digits. */
function parseNumber(bytes: Buffer, start: number, end: number): number | undefined {
  if (end <= start || end > start + 15) return undefined;
  let value = 0;
  for (let index = start; index < end; index += 1) {
    const digit = (bytes[index] ?? 0) - zero;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}
