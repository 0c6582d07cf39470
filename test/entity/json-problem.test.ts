import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findJsonProblem } from '../../src/lib/entity/json-problem.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonProblem', () => {
  it('finds nothing in JSON', () =>
    fc.assert(
      fc.property(fc.json(), (json) => {
        assert.equal(findJsonProblem(json), undefined);
      }),
    ));

  it('agrees with JSON.parse about every text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'a',
      '1',
      '0',
      '-',
      '.',
      'e',
      ' ',
      'true',
      'null',
      '"a"',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        (text) => {
          assert.equal(findJsonProblem(text) === undefined, isJson(text), text);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('is not exhausted by deep nesting', () => {
    const depth = 200_000;
    assert.deepEqual(findJsonProblem('['.repeat(depth)), { offset: depth, reason: 'unexpected end' });
  });
});
