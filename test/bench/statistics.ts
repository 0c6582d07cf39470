/** The value below which the share `part` (0 to 1) of the values lies; the values need not be sorted. */
function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (value === undefined) throw new Error('no values');
  return value;
}

export function median(values: readonly number[]): number {
  return (quantile(values, 0.5) + quantile(values, (values.length - 1) / (2 * values.length))) / 2;
}

/** Median of the ratios taken round by round: figures of different rounds are never compared (performance.md §1). */
export function medianRatio(candidate: readonly number[], floor: readonly number[]): number {
  return median(candidate.map((value, round) => value / (floor[round] ?? Number.NaN)));
}
