/** Bytes in the largest unit that leaves a number of at least 1: `48 KB`, `1.5 MB`. */
export function sizeText(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 1 && value < 10 ? value.toFixed(1) : String(Math.round(value));
  return `${digits} ${units[unit] ?? ''}`;
}

/** Seconds as `42 s`, `3 min`, `2 h 5 min`, `4 d 3 h`. */
export function ageText(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${String(whole)} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${String(hours)} h ${String(minutes % 60)} min`;
  return `${String(Math.floor(hours / 24))} d ${String(hours % 24)} h`;
}
