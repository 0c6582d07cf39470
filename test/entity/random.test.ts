import assert from 'node:assert/strict';
import { newActivationId, parseActivationId } from '../../src/lib/entity/activation-id.js';
import { PooledRandom } from '../../src/lib/entity/random.js';

describe('activation ids', () => {
  it('are 32 lower-case hexadecimal digits and never twice the same', () => {
    const random = new PooledRandom();
    const ids = Array.from({ length: 5000 }, () => newActivationId(random));
    assert.equal(new Set(ids).size, ids.length);
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
