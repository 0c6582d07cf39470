import { Readable } from 'node:stream';

/** Texts from this length on, in characters, are sent in pieces. */
const largeLength = 1_048_576;

const pieceLength = 262_144;

/**
 * A large text as a stream of pieces, so that an answer with 48 MB of code is not copied whole for the socket
 * (RS-201); undefined for a text that is small enough to be sent at once.
 */
export function inPieces(text: string): Readable | undefined {
  return text.length < largeLength ? undefined : Readable.from(pieces(text), { objectMode: true });
}

function* pieces(text: string): Generator<Buffer> {
  let at = 0;
  while (at < text.length) {
    let end = Math.min(at + pieceLength, text.length);
    // Both halves of a surrogate pair belong into one piece.
    if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end += 1;
    yield Buffer.from(text.slice(at, end));
    at = end;
  }
}
