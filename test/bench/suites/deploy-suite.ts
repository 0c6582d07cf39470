import { notRun, type NotRun, type Row, type Suite } from '../row.js';

const direction = 'atMost';

/** P-50 to P-53: deployment of projects, which this version does not have. */
const rows: readonly Row[] = [
  { id: 'P-50', what: 'deploy 100 actions of 10 KB over W0', direction, gate: 6, goal: 3 },
  { id: 'P-51', what: 'deploy 100 actions of 1 MB over W0', direction, gate: 2.5, goal: 1.5 },
  { id: 'P-52', what: 'the same deploy again over the first', direction, gate: 0.6, goal: 0.25 },
  { id: 'P-53', what: 'client memory, 100 × 1 MB', direction, unit: 'MiB', gate: 250, goal: 150 },
];

/** Says of the rows of deployment that there is nothing to measure yet. */
export const deploySuite: Suite = {
  rows,
  measure: ({ wanted }): Promise<NotRun[]> =>
    Promise.resolve(
      notRun(
        rows.filter(({ id }) => wanted.has(id)),
        'not built',
      ),
    ),
};
