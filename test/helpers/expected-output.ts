import assert from 'node:assert/strict';

/** One expected line as a pattern: `…` stands for anything, runs of blanks for any width. */
function linePattern(line: string): RegExp {
  const parts = line.split('…').map((part) =>
    part
      .split(/ +/u)
      .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&'))
      .join(' +'),
  );
  return new RegExp(`^ *${parts.join('.*')} *$`, 'u');
}

/** Fails unless a program printed what is shown for it; a line that is only `…` stands for any number of lines. */
export function assertOutput(shown: readonly string[], actual: string, command: string): void {
  const lines = actual.split('\n').slice(0, -1);
  const context = `$ ${command}\n${actual}`;
  let index = 0;
  for (const [position, expected] of shown.entries()) {
    if (expected.trim() === '…') {
      index = Math.max(index, lines.length - (shown.length - position - 1));
      continue;
    }
    assert.match(lines[index] ?? '', linePattern(expected), context);
    index += 1;
  }
  assert.equal(index, lines.length, `more output than is shown:\n${context}`);
}
