/** A figure of performance.md §2: one ratio (or amount) with its limits. */
export interface Row {
  readonly id: string;
  readonly what: string;
  /** `atMost`: smaller is better. `atLeast`: greater is better. */
  readonly direction: 'atMost' | 'atLeast';
  /** Breaking it fails `--check`. */
  readonly gate: number;
  readonly goal: number;
  /** Behind the figure, for example `ms`; ratios have none. */
  readonly unit?: string;
}

/** What was measured for a row. */
export interface Figure {
  readonly row: Row;
  readonly value: number;
  /** The absolute values behind it, for a reader; they are never compared. */
  readonly detail: string;
}

export type Verdict = 'goal' | 'gate' | 'FAILED';

/** Whether a figure reaches its goal, holds its gate, or fails. */
export function verdict({ row, value }: Figure): Verdict {
  const holds = (limit: number): boolean => (row.direction === 'atMost' ? value <= limit : value >= limit);
  if (holds(row.goal)) return 'goal';
  return holds(row.gate) ? 'gate' : 'FAILED';
}

/** A group of rows that are measured together, because they share floors or servers. */
export interface Suite {
  readonly rows: readonly Row[];
  /** Measures the wanted rows; everything that it starts has ended when it resolves. */
  measure(options: MeasureOptions): Promise<Figure[]>;
}

export interface MeasureOptions {
  /** Ids of the rows that are asked for; a suite may measure only what they need. */
  readonly wanted: ReadonlySet<string>;
  readonly short: boolean;
  /** Called once a round, for the noise line. */
  readonly onRound: () => void;
}
