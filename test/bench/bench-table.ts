import { verdict, type Figure } from './row.js';

/** The figures as one table: id, what, gate, goal, now, verdict, and the absolute values behind them. */
export function benchTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.row.id,
    figure.row.what,
    limit(figure, figure.row.gate),
    limit(figure, figure.row.goal),
    `${figure.value.toFixed(2)}${figure.row.unit === undefined ? '' : ` ${figure.row.unit}`}`,
    verdict(figure),
    figure.detail,
  ]);
  const all = [['id', 'what', 'gate', 'goal', 'now', 'verdict', 'behind it'], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function limit({ row }: Figure, value: number): string {
  return `${row.direction === 'atMost' ? '≤' : '≥'} ${String(value)}`;
}
