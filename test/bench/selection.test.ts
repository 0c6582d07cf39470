import assert from 'node:assert/strict';
import type { Suite } from './row.js';
import { measure, type Run, type Selection, unknownRows } from './selection.js';
import { someRow, someSuite } from './some-rows.js';
import { suites } from './suites.js';

const run: Run = {
  onRound: () => undefined,
  hasTime: () => true,
  onSuite: () => undefined,
  sizes: { records: 1, activations: 1 },
};
const first = someSuite([someRow('P-91'), someRow('P-90'), someRow('P-90b')]);
const second: Suite = { ...someSuite([someRow('P-92')]), onlyInFull: true };

async function outcome(selection: Partial<Selection>, more: Partial<Run> = {}): Promise<Record<string, string>> {
  const results = await measure([first, second], { asked: [], short: false, ...selection }, { ...run, ...more });
  return Object.fromEntries(results.map((r) => [r.row.id, 'reason' in r ? r.reason : r.detail]));
}

describe('the selection of rows', () => {
  it('is everything when nothing is asked for, in the order of the ids', async () => {
    assert.deepEqual(Object.keys(await outcome({})), ['P-90', 'P-90b', 'P-91', 'P-92']);
  });

  it('takes a row with its further figures, and measures nothing else', async () => {
    assert.deepEqual(Object.keys(await outcome({ asked: ['P-90'] })), ['P-90', 'P-90b']);
    assert.deepEqual(Object.keys(await outcome({ asked: ['P-90b', 'P-92'] })), ['P-90b', 'P-92']);
  });

  it('names what is no row', () => {
    assert.deepEqual(unknownRows(['P-90', 'P-9', 'P-90x', 'P-90b'], [first]), ['P-9', 'P-90x']);
  });

  it('leaves long suites out of a short run, unless they are asked for by name', async () => {
    assert.equal((await outcome({ short: true }))['P-92'], 'only in the full run');
    assert.equal((await outcome({ short: true, asked: ['P-92'] }))['P-92'], 'measured P-92');
  });

  it('begins no suite when the time is over, and says so', async () => {
    let suitesLeft = 1;
    const hasTime = (): boolean => suitesLeft-- > 0;
    const found = await outcome({}, { hasTime });
    assert.equal(found['P-91'], 'measured P-91');
    assert.equal(found['P-92'], 'no time left');
  });

  it('goes on behind a suite that fails, with the reason in its rows', async () => {
    const failing: Suite = { ...second, measure: () => Promise.reject(new Error('no disk\nat some line')) };
    const results = await measure([failing, first], { asked: [], short: false }, run);
    const failed = results.find(({ row }) => row.id === 'P-92');
    assert.deepEqual(failed, { row: second.rows[0], reason: 'could not be measured: no disk' });
    assert.equal(results.length, 4);
  });

  it('knows every row once', () => {
    const ids = suites.flatMap(({ rows }) => rows.map(({ id }) => id));
    assert.deepEqual(ids, [...new Set(ids)]);
  });

  it('has gates that are not beyond their goals', () => {
    for (const { id, gate, goal, direction } of suites.flatMap(({ rows }) => rows)) {
      assert.ok(direction === 'atMost' ? goal <= gate : goal >= gate, id);
    }
  });
});
