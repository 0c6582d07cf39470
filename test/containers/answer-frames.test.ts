import assert from 'node:assert/strict';
import { AnswerFrameReader } from '../../src/lib/containers/process/answer-frames.js';

describe('the answers on the link of a runtime', () => {
  const frames = '1 200 13\n{"a":"grün"}' + '2 502 0\n' + '345 403 2\n{}';
  const expected = ['1 200 {"a":"grün"}', '2 502 ', '345 403 {}'];

  it('are read however they are split', () => {
    const bytes = Buffer.from(frames);
    for (let first = 0; first <= bytes.length; first += 1) {
      for (let second = first; second <= bytes.length; second += 1) {
        const parts = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
        assert.deepEqual(read(parts), expected, `split at ${String(first)} and ${String(second)}`);
      }
    }
  });

  it('are refused when a header is not three numbers', () => {
    const wrong = [
      '',
      '1',
      '1 200',
      '1 200 ',
      ' 200 2',
      '1 20 2',
      '1 2000 2',
      '-1 200 2',
      '1 200 2 ',
      '1 200 0x2',
      '1  200 2',
    ];
    for (const header of [...wrong, '1234567890123456 200 2', '1 200 1234567890123456', 'hello world', '１ 200 2']) {
      assert.throws(() => read([Buffer.from(`${header}\n{}`)]), /a header is malformed/, header);
    }
  });

  it('are refused when a header does not end', () => {
    const endless = Buffer.from('1'.repeat(100));
    assert.throws(() => read([endless]), /a header is too long/);
    assert.throws(() => read([endless.subarray(0, 60), endless.subarray(60)]), /a header is too long/);
    assert.throws(() => read([Buffer.concat([endless, Buffer.from('\n')])]), /a header is too long/);
  });
});

/** The answers in some chunks, as `<id> <status> <body>`. */
function read(chunks: readonly Buffer[]): string[] {
  const answers: string[] = [];
  const bodies = new Map<number, Buffer[]>();
  const reader = new AnswerFrameReader({
    body: (id, bytes) => void bodies.set(id, [...(bodies.get(id) ?? []), bytes]),
    end: (id, status) => {
      answers.push(`${String(id)} ${String(status)} ${Buffer.concat(bodies.get(id) ?? []).toString('utf8')}`);
    },
  });
  for (const chunk of chunks) reader.push(chunk);
  return answers;
}
