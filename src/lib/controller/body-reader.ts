import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { messages } from '../entity/messages.js';
import { MalformedContent, Rejection } from '../errors/rejection.js';

/** How much of a body that is refused anyway is read on, so that its sender sees the answer and not a reset connection. */
const drainedBytes = 8 * 1024 * 1024;

/**
 * Reads the body of a request as text; `''` when there is none. Throws 415 for another content type or encoding, 413
 * as soon as `maxBytes` are exceeded, announced or not (openwhisk-api.md §2.1, §2.6; RS-201).
 */
export async function readBody(headers: IncomingHttpHeaders, stream: Readable, maxBytes: number): Promise<string> {
  if (hasNoBody(headers)) return '';
  const announced = announcedBy(headers);
  const refusal = refusalOf(headers, announced, maxBytes);
  if (refusal !== undefined) {
    await drain(stream);
    throw refusal;
  }
  return decode(await collect(stream, announced, maxBytes));
}

/** Reads the body of a request of any type and encoding as the bytes that were sent; throws 413 as `readBody` does. */
export async function readBytes(headers: IncomingHttpHeaders, stream: Readable, maxBytes: number): Promise<Buffer> {
  if (hasNoBody(headers)) return Buffer.alloc(0);
  const announced = announcedBy(headers);
  if (announced > maxBytes) {
    await drain(stream);
    throw tooLarge(announced, maxBytes);
  }
  return collect(stream, announced, maxBytes);
}

function hasNoBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] === undefined && announcedBy(headers) === 0;
}

function announcedBy(headers: IncomingHttpHeaders): number {
  return Number(headers['content-length'] ?? 0);
}

/** Content type and encoding first, then the announced size. */
function refusalOf(headers: IncomingHttpHeaders, announced: number, maxBytes: number): Rejection | undefined {
  if (announced > maxBytes) return tooLarge(announced, maxBytes);
  const type = headers['content-type'] ?? 'application/octet-stream';
  if (!/^application\/json\s*(?:;|$)/i.test(type)) return new Rejection(415, messages.contentType(type));
  const encoding = headers['content-encoding'] ?? 'identity';
  return encoding.toLowerCase() === 'identity' ? undefined : new Rejection(415, messages.contentEncoding(encoding));
}

/** Collects the bytes; into one buffer when the size is announced, so that a large body is in memory once. */
function collect(stream: Readable, announced: number, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const body = new GrowingBuffer(announced);
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) body.append(chunk);
      else if (size > maxBytes + drainedBytes) {
        stream.pause();
        reject(tooLarge(size, maxBytes));
      }
    });
    stream.on('end', () => {
      if (size > maxBytes) reject(tooLarge(size, maxBytes));
      else resolve(body.take());
    });
    stream.on('error', reject);
    stream.on('close', () => {
      // Every stream closes; making an error for those that have ended costs more than all else here.
      if (!stream.readableEnded) reject(new Rejection(400, messages.entityExpected));
    });
  });
}

/** Reads on and forgets, up to a bound. */
function drain(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= drainedBytes) return;
      stream.pause();
      resolve();
    });
    for (const event of ['end', 'error', 'close']) stream.on(event, resolve);
  });
}

function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new MalformedContent('the text is not valid UTF-8');
  return bytes.toString('utf8');
}

function tooLarge(size: number, maxBytes: number): Rejection {
  return new Rejection(413, messages.larger('Request', size, maxBytes));
}

/** Bytes in one piece, with room for what was announced; grows by doubling when more comes. */
class GrowingBuffer {
  private bytes: Buffer;
  private used = 0;

  constructor(announced: number) {
    this.bytes = Buffer.allocUnsafe(announced);
  }

  append(chunk: Buffer): void {
    const needed = this.used + chunk.length;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.used));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    chunk.copy(this.bytes, this.used);
    this.used = needed;
  }

  /** The bytes; the buffer lets go of them, because the stream keeps its listeners for as long as the request lives. */
  take(): Buffer {
    const { bytes, used } = this;
    this.bytes = Buffer.alloc(0);
    return bytes.subarray(0, used);
  }
}
