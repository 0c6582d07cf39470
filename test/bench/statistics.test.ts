import assert from 'node:assert/strict';
import { median, medianRatio, quantile } from './statistics.js';

describe('the statistics of the bench', () => {
  it('give the middle value, or the mean of the two middle ones', () => {
    assert.equal(median([3]), 3);
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.throws(() => median([]), /no values/u);
  });

  it('sort by size, not by text', () => {
    assert.equal(median([100, 9, 20]), 20);
    assert.equal(quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.99), 10);
    assert.equal(quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0), 1);
  });

  it('take ratios within a round, so that a slow round cannot shift them', () => {
    assert.equal(medianRatio([2, 200, 3], [1, 100, 1]), 2);
  });
});
