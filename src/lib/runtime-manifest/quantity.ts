const megabyte = 1024 ** 2;

const bytesOf: Readonly<Record<string, number>> = { b: 1, k: 1024, m: megabyte, g: 1024 * megabyte };

const millisecondsOf: Readonly<Record<string, number>> = {
  millisecond: 1,
  milli: 1,
  ms: 1,
  second: 1000,
  sec: 1000,
  s: 1000,
  minute: 60_000,
  min: 60_000,
  m: 60_000,
  hour: 3_600_000,
  h: 3_600_000,
  day: 86_400_000,
  d: 86_400_000,
};

/** Reads a size such as `256 MB`, `256m` or `1 GB` as MB; undefined when it is none. */
export function parseMegabytes(text: string): number | undefined {
  const match = /^\s*(\d+)\s*([bkmg])b?\s*$/i.exec(text);
  const unit = bytesOf[match?.[2]?.toLowerCase() ?? ''];
  return match === null || unit === undefined ? undefined : (Number(match[1]) * unit) / megabyte;
}

/** Reads a duration such as `2 minutes`, `30s` or `500 ms` as milliseconds; undefined when it is none. */
export function parseMilliseconds(text: string): number | undefined {
  const match = /^\s*(\d+)\s*([a-z]+)\s*$/i.exec(text);
  const word = match?.[2]?.toLowerCase() ?? '';
  const unit = millisecondsOf[word] ?? millisecondsOf[word.replace(/s$/, '')];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}
