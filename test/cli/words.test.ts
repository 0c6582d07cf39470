import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editDistance, nearest } from '../../src/lib/cli/did-you-mean.js';
import { parseDuration, parseMoment, parseSize, parseWhole } from '../../src/lib/cli/flags/units.js';

describe('units', () => {
  it('C-32: read numbers with and without unit', () => {
    assert.deepEqual(
      ['90000', '90s', '1.5m', '2h', '3d', '10ms'].map(parseDuration),
      [90000, 90000, 90000, 7200000, 259200000, 10],
    );
    assert.deepEqual(['512', '512MB', '1GB', '2g', '1 gb'].map(parseSize), [512, 512, 1024, 2048, 1024]);
    assert.deepEqual(['0', '30', '-1', '1.5', '0x10', '', '1e3', '99999999999999999999'].map(parseWhole), [
      0,
      30,
      ...new Array<undefined>(6).fill(undefined),
    ]);
    assert.deepEqual(['abc', '', '-5s', '5 parsecs', '1.5', 's'].map(parseDuration), new Array(6).fill(undefined));
  });

  it('C-32: read moments', () => {
    assert.equal(parseMoment('1700000000000', 5), 1700000000000);
    assert.equal(parseMoment('5m', 1_000_000), 700_000);
    assert.equal(parseMoment('2026-01-02T03:04:05Z', 0), Date.UTC(2026, 0, 2, 3, 4, 5));
    assert.equal(parseMoment('yesterday', 0), undefined);
  });
});

describe('nearest', () => {
  it('C-56: counts a transposition as one edit and allows one edit for short words', () => {
    assert.equal(editDistance('blokcing', 'blocking'), 1);
    assert.equal(nearest('blokcing', ['--x', 'blocking']), 'blocking');
    assert.equal(nearest('lsit', ['list']), 'list');
    assert.equal(nearest('lxxt', ['list']), undefined);
    assert.equal(nearest('invkoee', ['invoke']), 'invoke');
  });

  it('C-56: is a distance', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (left, right) => {
        assert.equal(editDistance(left, right), editDistance(right, left));
        assert.equal(editDistance(left, right) === 0, left === right);
        assert.ok(editDistance(left, right) <= Math.max(left.length, right.length));
      }),
    );
  });
});
