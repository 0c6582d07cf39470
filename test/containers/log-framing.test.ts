import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  LogFramer,
  logSentinel,
  maxLineLength,
  type FramedLine,
  type LogStream,
} from '../../src/lib/containers/log-framing.js';

/** Pushes bytes in pieces that end at the given places. */
function pushInPieces(framer: LogFramer, stream: LogStream, bytes: Buffer, cuts: readonly number[]): FramedLine[] {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((one, other) => one - other);
  let start = 0;
  return ends.flatMap((end) => {
    const lines = framer.push(stream, bytes.subarray(start, end));
    start = end;
    return lines;
  });
}

const lineText = fc
  .string({ unit: 'binary', maxLength: 60 })
  .map((text) => Buffer.from(text.replaceAll('\n', '')).toString());

describe('LogFramer', () => {
  it('finds the same lines wherever the chunks begin and end', () => {
    fc.assert(
      fc.property(fc.array(lineText), fc.array(fc.nat()), (texts, cuts) => {
        const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
        const lines = pushInPieces(new LogFramer(), 'stdout', bytes, cuts);
        assert.deepEqual(
          lines,
          texts.map((text) => ({ stream: 'stdout', text })),
        );
      }),
    );
  });

  it('finds sentinels wherever the chunks begin and end, and never returns them', () => {
    fc.assert(
      fc.property(fc.array(lineText), fc.array(fc.nat()), (texts, cuts) => {
        const bytes = Buffer.from([...texts, logSentinel, ''].join('\n'));
        const framer = new LogFramer();
        const lines = pushInPieces(framer, 'stdout', bytes, cuts);
        assert.equal(framer.done, false);
        lines.push(...pushInPieces(framer, 'stderr', Buffer.from(`${logSentinel}\n`), cuts));
        assert.equal(framer.done, true);
        assert.ok(lines.every(({ text }) => !text.includes(logSentinel)));
        assert.equal(lines.length, texts.length);
      }),
    );
  });

  it('keeps the two streams apart', () => {
    const framer = new LogFramer();
    framer.push('stdout', Buffer.from('out'));
    framer.push('stderr', Buffer.from('err'));
    assert.deepEqual(framer.push('stdout', Buffer.from('put\n')), [{ stream: 'stdout', text: 'output' }]);
    assert.deepEqual(framer.push('stderr', Buffer.from('or\n')), [{ stream: 'stderr', text: 'error' }]);
  });

  it('returns an unterminated last line on flush, once', () => {
    const framer = new LogFramer();
    framer.push('stderr', Buffer.from('a\nlast'));
    assert.deepEqual(framer.flush(), [{ stream: 'stderr', text: 'last' }]);
    assert.deepEqual(framer.flush(), []);
  });

  it('replaces bytes that are not UTF-8', () => {
    assert.equal(new LogFramer().push('stdout', Buffer.from([0x61, 0xff, 0x62, 10]))[0]?.text, 'a\ufffdb');
  });

  it('cuts an endless line into marked pieces without splitting a character or losing a byte (RS-506)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40_000 }), fc.array(fc.nat(), { maxLength: 4 }), (length, cuts) => {
        const text = '☃a'.repeat(length);
        const framer = new LogFramer();
        const lines = [...pushInPieces(framer, 'stdout', Buffer.from(text), cuts), ...framer.flush()];
        assert.equal(
          lines.map((line, at) => (at < lines.length - 1 ? line.text.slice(0, -1) : line.text)).join(''),
          text,
        );
        assert.ok(lines.slice(0, -1).every((line) => line.text.endsWith('…')));
        assert.ok(lines.every((line) => Buffer.byteLength(line.text) <= maxLineLength + 3));
      }),
      { numRuns: 30 },
    );
  });

  it('forgets everything on reset', () => {
    const framer = new LogFramer();
    framer.push('stdout', Buffer.from(`${logSentinel}\nrest`));
    framer.push('stderr', Buffer.from(`${logSentinel}\n`));
    framer.reset();
    assert.equal(framer.done, false);
    assert.deepEqual(framer.flush(), []);
  });
});
