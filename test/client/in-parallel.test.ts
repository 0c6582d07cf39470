import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { inParallel } from '../../src/lib/client/in-parallel.js';

describe('inParallel', () => {
  it('C-70 runs no more tasks at a time than the limit, and gives results in the order of the items', async () => {
    const items = Array.from({ length: 20 }, (_item, index) => index);
    let running = 0;
    let most = 0;
    const results = await inParallel(8, items, async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let turns = 0; turns < 20 - item; turns += 1) await turn();
      running -= 1;
      return item * 2;
    });
    assert.deepEqual(
      results,
      items.map((item) => item * 2),
    );
    assert.equal(most, 8);
  });

  it('does nothing for no items', async () => {
    assert.deepEqual(await inParallel(8, [], () => Promise.reject(new Error('never called'))), []);
  });

  it('begins no further task after one has failed', async () => {
    const begun: number[] = [];
    const all = inParallel(1, [1, 2, 3], (item) => {
      begun.push(item);
      return item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item);
    });
    await assert.rejects(all, /two/);
    assert.deepEqual(begun, [1, 2]);
  });
});
