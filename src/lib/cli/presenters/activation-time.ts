const secondMs = 1000;

/** A moment as tables show it: local time, `YYYY-MM-DD HH:MM:SS` (C-48). */
export function localTime(epochMs: number | undefined): string {
  if (epochMs === undefined) return '-';
  const date = new Date(epochMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** A duration as tables show it: `123ms`, from one second on `2.123s` (C-46). */
export function shownDuration(ms: number | undefined): string {
  if (ms === undefined) return '--';
  return ms < secondMs ? `${String(ms)}ms` : `${String(ms / secondMs)}s`;
}
