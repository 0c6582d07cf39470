import type { Figure, Row, Suite } from './row.js';

/** A row for tests, at most 2 with the goal 1. */
export function someRow(id: string, more: Partial<Row> = {}): Row {
  return { id, what: `what ${id} is`, direction: 'atMost', gate: 2, goal: 1, ...more };
}

/** A suite for tests whose rows all come out as `value`. */
export function someSuite(rows: readonly Row[], value = 1): Suite {
  return {
    rows,
    measure: ({ wanted }): Promise<Figure[]> =>
      Promise.resolve(
        rows.filter(({ id }) => wanted.has(id)).map((row) => ({ row, value, detail: `measured ${row.id}` })),
      ),
  };
}
