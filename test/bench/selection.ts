import { notRun, type MeasureOptions, type Result, type Row, type Suite } from './row.js';

/** Which rows of which suites are measured. */
export interface Selection {
  /** Ids that were asked for, `P-23` for P-23 and P-23b; none: all. */
  readonly asked: readonly string[];
  readonly short: boolean;
}

/** Whether `asked` means the row `id`: `P-23` asks for P-23 and P-23b. */
function isPartOf(id: string, asked: string): boolean {
  return id === asked || (id.startsWith(asked) && /^[a-z]$/u.test(id.slice(asked.length)));
}

/** What was asked for but is no row of any suite. */
export function unknownRows(asked: readonly string[], suites: readonly Suite[]): string[] {
  return asked.filter((word) => !suites.some(({ rows }) => rows.some(({ id }) => isPartOf(id, word))));
}

/** The rows of a suite that were asked for. */
function selectedRows({ rows }: Suite, asked: readonly string[]): Row[] {
  return rows.filter(({ id }) => asked.length === 0 || asked.some((word) => isPartOf(id, word)));
}

/** How the suites are run. */
export interface Run extends Omit<MeasureOptions, 'wanted' | 'short'> {
  /** False when no further suite may begin. */
  readonly hasTime: () => boolean;
  /** Called before each suite with the ids of its rows. */
  readonly onSuite: (ids: readonly string[]) => void;
}

/** Measures the selected rows, suite by suite. A suite that fails says so in its rows and does not stop the others. */
export async function measure(suites: readonly Suite[], { asked, short }: Selection, run: Run): Promise<Result[]> {
  const results: Result[] = [];
  for (const suite of suites) {
    const rows = selectedRows(suite, asked);
    if (rows.length === 0) continue;
    if (short && asked.length === 0 && suite.onlyInFull === true) {
      results.push(...notRun(rows, 'only in the full run'));
    } else if (run.hasTime()) {
      run.onSuite(rows.map(({ id }) => id));
      results.push(...(await measured(suite, rows, { run, short })));
    } else {
      results.push(...notRun(rows, 'no time left'));
    }
  }
  return results.sort((a, b) => (a.row.id < b.row.id ? -1 : 1));
}

async function measured(
  suite: Suite,
  rows: readonly Row[],
  { run: { onRound, sizes }, short }: { readonly run: Run; readonly short: boolean },
): Promise<Result[]> {
  try {
    const results = await suite.measure({ wanted: new Set(rows.map(({ id }) => id)), short, onRound, sizes });
    return results.filter(({ row }) => rows.includes(row));
  } catch (error) {
    return notRun(rows, `could not be measured: ${firstLine(error)}`);
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? text;
}
