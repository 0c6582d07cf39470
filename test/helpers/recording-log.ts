import type { Log } from '../../src/lib/entity/log.js';

/** A log that a test can read. */
export class RecordingLog implements Log {
  readonly lines: string[] = [];

  debug(component: string, message: string): void {
    this.lines.push(`debug ${component}: ${message}`);
  }

  info(component: string, message: string): void {
    this.lines.push(`info ${component}: ${message}`);
  }

  warn(component: string, message: string): void {
    this.lines.push(`warn ${component}: ${message}`);
  }

  error(component: string, message: string, error?: unknown): void {
    const cause = error === undefined ? '' : ` (${error instanceof Error ? error.message : JSON.stringify(error)})`;
    this.lines.push(`error ${component}: ${message}${cause}`);
  }
}
