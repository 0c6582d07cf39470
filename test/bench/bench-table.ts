import { plainTable } from './plain-table.js';
import { isFigure, verdict, type Result, type Row } from './row.js';

/** Titles of the columns of every table of figures. */
const columns = ['id', 'what', 'gate', 'goal', 'now', 'verdict', 'behind it'] as const;

/** The results as one table: id, what, gate, goal, now, verdict, and the absolute values behind them. */
export function benchTable(results: readonly Result[]): string {
  return plainTable([[...columns], ...results.map(cells)]);
}

/** The same table in Markdown. */
export function markdownTable(results: readonly Result[]): string {
  const line = (row: readonly string[]): string => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = line(columns.map(() => '---'));
  return [line(columns), rule, ...results.map((result) => line(cells(result)))].join('\n');
}

function cells(result: Result): string[] {
  const { row } = result;
  const now = isFigure(result) ? withUnit(row, result.value.toFixed(2)) : '–';
  const behind = isFigure(result) ? result.detail : result.reason;
  return [row.id, row.what, limit(row, row.gate), limit(row, row.goal), now, verdict(result), behind];
}

function limit(row: Row, value: number): string {
  return withUnit(row, `${row.direction === 'atMost' ? '≤' : '≥'} ${String(value)}`);
}

function withUnit({ unit }: Row, text: string): string {
  return unit === undefined ? text : `${text} ${unit}`;
}
