/** A figure of the performance goals: one ratio (or amount) with its limits. */
export interface Row {
  /** `P-20`; a second figure of the same goal has a letter behind it. */
  readonly id: string;
  readonly what: string;
  /** `atMost`: smaller is better. `atLeast`: greater is better. */
  readonly direction: 'atMost' | 'atLeast';
  /** Breaking it fails `--check`. */
  readonly gate: number;
  readonly goal: number;
  /** Behind the figure, for example `ms`; ratios have none. */
  readonly unit?: string;
  /** It is a count or a ratio of CPU times, which noise hardly moves: its gate is checked even in a short run. */
  readonly steady?: true;
}

/** What was measured for a row. */
export interface Figure {
  readonly row: Row;
  readonly value: number;
  /** The absolute values behind it, for a reader; they are never compared. */
  readonly detail: string;
}

/** A row that was not measured, with the reason. */
export interface NotRun {
  readonly row: Row;
  readonly reason: string;
}

export type Result = Figure | NotRun;

export type Verdict = 'goal' | 'gate' | 'FAILED' | 'not run';

export function isFigure(result: Result): result is Figure {
  return 'value' in result;
}

/** Whether a figure reaches its goal, holds its gate, or fails. A figure that is no number fails. */
export function verdict(result: Result): Verdict {
  if (!isFigure(result)) return 'not run';
  const { row, value } = result;
  const holds = (limit: number): boolean => (row.direction === 'atMost' ? value <= limit : value >= limit);
  if (holds(row.goal)) return 'goal';
  return holds(row.gate) ? 'gate' : 'FAILED';
}

/** Says of all these rows that they were not measured. */
export function notRun(rows: readonly Row[], reason: string): NotRun[] {
  return rows.map((row) => ({ row, reason }));
}

/** A group of rows that are measured together, because they share floors or servers. */
export interface Suite {
  readonly rows: readonly Row[];
  /** Whether a short run that names no rows leaves it out. */
  readonly onlyInFull?: true;
  /** Measures the wanted rows; everything that it starts has ended when it resolves. */
  measure(options: MeasureOptions): Promise<Result[]>;
}

export interface MeasureOptions {
  /** Ids of the rows that are asked for; a suite may measure only what they need. */
  readonly wanted: ReadonlySet<string>;
  readonly short: boolean;
  /** Called once a round, for the noise line. */
  readonly onRound: () => void;
  readonly sizes: Sizes;
}

/** How much is done where the amount is what counts. */
export interface Sizes {
  /** Activations in the large store of P-41 to P-44; the small one has a hundredth. */
  readonly records: number;
  /** Activations of P-62 and of the soak. */
  readonly activations: number;
}
