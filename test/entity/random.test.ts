import assert from 'node:assert/strict';
import { newActivationId, parseActivationId } from '../../src/lib/entity/activation-id.js';
import { PooledRandom } from '../../src/lib/entity/random.js';

describe('activation ids', () => {
  it('are 32 lower-case hexadecimal digits and never twice the same', () => {
    const random = new PooledRandom();
    const ids = Array.from({ length: 5000 }, () => newActivationId(1_700_000_000_000, random));
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.equal(parseActivationId(id), id);
  });

  it('begin with the time, so that those of one moment lie together', () => {
    const random = new PooledRandom();
    const times = [0, 255, 1_700_000_000_000, 1_700_000_000_001, 253_402_300_799_999];
    const ids = times.map((time) => newActivationId(time, random));
    assert.deepEqual(ids.toSorted(), ids);
    for (const id of ids) assert.equal(parseActivationId(id), id);
  });

  it('of any length come from the same source', () => {
    const random = new PooledRandom();
    assert.deepEqual(
      [1, 4096, 5000].map((bytes) => random.hex(bytes).length),
      [2, 8192, 10000],
    );
  });
});
