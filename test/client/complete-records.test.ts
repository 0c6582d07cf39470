import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { completeRecords } from '../../src/lib/client/complete-records.js';
import { HttpError } from '../../src/lib/errors/client-errors.js';

const records = Array.from({ length: 30 }, (_, index) => ({ name: `r${String(index)}` }));

describe('completeRecords', () => {
  it('C-70: has at most eight requests under way, and keeps the order of the list', async () => {
    let running = 0;
    let most = 0;
    const whole = await completeRecords(records, async (name) => {
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
      return JSON.stringify({ name, status: 'active' });
    });
    assert.equal(most, 8);
    assert.deepEqual(
      whole.records,
      records.map(({ name }) => ({ name, status: 'active' })),
    );
  });

  it('C-70: keeps a record as it was listed when it cannot be read', async () => {
    const failure = new HttpError('Unable to get status', { status: 500 });
    const { records: found, failures } = await completeRecords(records.slice(0, 2), (name) =>
      name === 'r0' ? Promise.reject(failure) : Promise.resolve('{"name":"r1","status":"active"}'),
    );
    assert.deepEqual(found, [{ name: 'r0' }, { name: 'r1', status: 'active' }]);
    assert.deepEqual(failures, [failure]);
  });

  it('C-70: keeps a record as it was listed when the answer is no entity', async () => {
    for (const answer of ['<html>', '[]', '']) {
      const { records: found } = await completeRecords([{ name: 'r' }], () => Promise.resolve(answer));
      assert.deepEqual(found, [{ name: 'r' }]);
    }
  });
});
