import assert from 'node:assert/strict';
import { benchTable, markdownTable } from './bench-table.js';
import { withFigures } from './figures-section.js';
import { confirmBroken, failedRows } from './gate-check.js';
import { verdict, type Result } from './row.js';
import { someRow } from './some-rows.js';

const figure = (id: string, value: number): Result => ({ row: someRow(id), value, detail: 'behind' });

describe('the verdict on a figure', () => {
  it('is the goal, the gate or a failure, at the limit in favour of the figure', () => {
    assert.deepEqual(
      [1, 1.01, 2, 2.01].map((value) => verdict(figure('P-90', value))),
      ['goal', 'gate', 'gate', 'FAILED'],
    );
  });

  it('turns round where greater is better', () => {
    const row = someRow('P-90', { direction: 'atLeast', gate: 1, goal: 2 });
    assert.deepEqual(
      [0.9, 1, 1.9, 2].map((value) => verdict({ row, value, detail: '' })),
      ['FAILED', 'gate', 'gate', 'goal'],
    );
  });

  it('fails what is no number, and does not judge what was not run', () => {
    assert.equal(verdict(figure('P-90', Number.NaN)), 'FAILED');
    assert.equal(verdict({ row: someRow('P-90'), reason: 'no engine' }), 'not run');
    assert.deepEqual(failedRows([figure('P-90', 3), figure('P-91', 1), { row: someRow('P-92'), reason: '' }]), [
      'P-90',
    ]);
  });
});

describe('the check of the gates', () => {
  /** Measurements two and three of each row. */
  const check = async (later: Readonly<Record<string, readonly number[]>>): Promise<[string[], string[][]]> => {
    const asked: string[][] = [];
    const broken = await confirmBroken(Object.keys(later), {
      again: (ids) => {
        const turn = asked.push([...ids]) - 1;
        return Promise.resolve(ids.map((id) => figure(id, later[id]?.[turn] ?? 0)));
      },
      onRerun: () => undefined,
    });
    return [broken, asked];
  };

  it('fails what breaks its gate in two of three measurements', async () => {
    const [broken] = await check({ 'P-90': [3, 3], 'P-91': [1, 3], 'P-92': [3, 1], 'P-93': [1, 1] });
    assert.deepEqual(broken, ['P-90', 'P-91', 'P-92']);
  });

  it('does not measure again what is decided', async () => {
    const [, asked] = await check({ 'P-90': [3, 3], 'P-91': [1, 3] });
    assert.deepEqual(asked, [['P-90', 'P-91'], ['P-91']]);
    assert.deepEqual(await check({}), [[], []]);
  });

  it('does not take a row that could not be measured again as one that holds', async () => {
    const broken = await confirmBroken(['P-90'], { again: () => Promise.resolve([]), onRerun: () => undefined });
    assert.deepEqual(broken, ['P-90']);
  });
});

describe('the table of the bench', () => {
  const results: Result[] = [
    { row: someRow('P-90', { unit: 'ms', direction: 'atLeast', gate: 1, goal: 2 }), value: 1.234, detail: '5 / 4 ms' },
    { row: someRow('P-91'), reason: 'no engine' },
  ];

  it('shows limits, figure, verdict and what is behind it', () => {
    assert.equal(
      benchTable(results),
      [
        'id    what          gate    goal    now      verdict  behind it',
        'P-90  what P-90 is  ≥ 1 ms  ≥ 2 ms  1.23 ms  gate     5 / 4 ms',
        'P-91  what P-91 is  ≤ 2     ≤ 1     –        not run  no engine',
      ].join('\n'),
    );
  });

  it('is the same in Markdown, with bars in texts escaped', () => {
    const lines = markdownTable([{ row: someRow('P-91'), reason: 'a|b' }]).split('\n');
    assert.equal(lines[0], '| id | what | gate | goal | now | verdict | behind it |');
    assert.equal(lines[2], '| P-91 | what P-91 is | ≤ 2 | ≤ 1 | – | not run | a\\|b |');
  });

  it('replaces what stands between the markers of a page, and nothing else', () => {
    const run = { results, noise: 'noise: load 0', machine: 'a machine' };
    const page = withFigures('before\n<!-- figures -->\nold\n<!-- /figures -->\nafter\n', run);
    assert.match(page, /^before\n<!-- figures -->\n\na machine; noise: load 0\.\n\n<!-- prettier-ignore -->\n\| id /u);
    assert.match(page, /\| no engine \|\n\n<!-- \/figures -->\nafter\n$/u);
    assert.equal(withFigures(page, run), page);
    assert.throws(() => withFigures('no markers', run), /no section between/u);
  });
});
