import { verdict, type Result } from './row.js';

/** Measurements of a row, the first included, of which two must break the gate. */
const reruns = [2, 3];

/** How rows are measured again. */
export interface GateCheckDeps {
  /** Measures the rows with these ids once more. */
  readonly again: (ids: readonly string[]) => Promise<readonly Result[]>;
  readonly onRerun: (rerun: number, results: readonly Result[]) => void;
}

/** Ids of the rows that break their gate. */
export function failedRows(results: readonly Result[]): string[] {
  return results.filter((result) => verdict(result) === 'FAILED').map(({ row }) => row.id);
}

/**
 * Measures the rows of `broken` twice more and gives those that broke their gate in at least two of three measurements. A row that could
 * not be measured again is not acquitted by that.
 */
export async function confirmBroken(broken: readonly string[], { again, onRerun }: GateCheckDeps): Promise<string[]> {
  const failures = new Map(broken.map((id) => [id, 1]));
  for (const rerun of reruns) {
    const open = [...failures].filter(([, count]) => count === 1).map(([id]) => id);
    if (open.length === 0) break;
    const results = await again(open);
    onRerun(rerun, results);
    for (const id of open) if (!holds(id, results)) failures.set(id, (failures.get(id) ?? 0) + 1);
  }
  return [...failures].filter(([, count]) => count >= 2).map(([id]) => id);
}

function holds(id: string, results: readonly Result[]): boolean {
  const result = results.find(({ row }) => row.id === id);
  return result !== undefined && ['goal', 'gate'].includes(verdict(result));
}
