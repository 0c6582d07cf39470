import type { Readable } from 'node:stream';
import type { StreamCollector } from '../stream-collector.js';

const headerLength = 8;
const stderrType = 2;

/**
 * Takes the two streams of a container apart, which the engine sends through one connection in frames `<type> 0 0 0 <length>` + bytes, and
 * feeds the collector. The connection rests while the collector does, so that a flood is slowed down in the container itself (RS-506).
 */
export function collectAttached(connection: Readable, collector: StreamCollector): void {
  const header = Buffer.alloc(headerLength);
  let headerFilled = 0;
  let left = 0;
  const take = (chunk: Buffer): void => {
    let at = 0;
    while (at < chunk.length) {
      if (left === 0) {
        const copied = chunk.copy(header, headerFilled, at);
        headerFilled += copied;
        at += copied;
        if (headerFilled < headerLength) return;
        headerFilled = 0;
        left = header.readUInt32BE(4);
        continue;
      }
      const end = Math.min(chunk.length, at + left);
      collector.feed(header[0] === stderrType ? 'stderr' : 'stdout', chunk.subarray(at, end));
      left -= end - at;
      at = end;
    }
  };
  collector.addSource(connection);
  connection.on('data', take);
  connection.once('error', () => {
    collector.end(true);
  });
  connection.once('close', () => {
    collector.end(false);
  });
  connection.once('end', () => {
    collector.end(false);
  });
}
