/** The value below which the share `part` (0 to 1) of the values lies; the values need not be sorted. Throws without values. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (value === undefined) throw new Error('no values');
  return value;
}

/** The middle value, or the mean of the two middle ones. Throws without values. */
export function median(values: readonly number[]): number {
  return (quantile(values, 0.5) + quantile(values, (values.length - 1) / (2 * values.length))) / 2;
}

/** Median of the ratios taken round by round: figures of different rounds are never compared. */
export function medianRatio(candidate: readonly number[], floor: readonly number[]): number {
  return median(candidate.map((value, round) => value / (floor[round] ?? Number.NaN)));
}
