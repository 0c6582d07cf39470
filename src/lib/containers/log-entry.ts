import type { LogStream } from './log-framing.js';

/** Says that the limit cut the logs (action-interface.md §1.7.3). */
export function truncationText(limit: number): string {
  return `Logs were truncated because the total bytes size exceeds the limit of ${String(limit)} bytes.`;
}

/** Says that logs may be incomplete (action-interface.md §1.7.2). */
export const collectionFailureText = 'There was an issue while collecting your logs. Data might be missing.';

/** Closes the logs of a developer error (action-interface.md §1.7.4). */
export const developerErrorText = 'The action did not initialize or run as expected. Log data might be missing.';

/** A time stamp as Docker writes it, `2026-01-01T10:00:00.123000000Z`: 30 characters, always. `milliseconds` since the epoch. */
export function logTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, -1)}000000Z`;
}

/** An entry of the record, `<time, 30 columns> <stream>: <text>` (action-interface.md §1.7.6). */
export function logEntry(time: string, stream: LogStream, text: string): string {
  return `${time.padEnd(30)} ${stream}: ${text}`;
}
