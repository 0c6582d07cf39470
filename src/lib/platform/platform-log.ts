import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import { type LogLevel, logLevels } from './launcher/platform-options.js';

/** How the log is kept. */
export interface PlatformLogOptions {
  readonly path: string;
  /** Lines below it are dropped. */
  readonly level: LogLevel;
  readonly clock: Clock;
  /** Takes each line as well; for a platform in the foreground. */
  readonly mirror?: (line: string) => void;
  /** Bytes after which the file becomes `platform.log.1`, replacing the one before. */
  readonly rotateAt?: number;
}

const defaultRotateAt = 5 * 1024 * 1024;

/**
 * The log of the platform: `<ISO time> <level> <component> <message>`, one line each, mode 0600 (RS-231). Control characters are escaped
 * (RS-206). Lines are written at once, so that nothing is lost in a crash; a full disk loses lines, never the platform.
 */
export class PlatformLog implements Log {
  private size: number;

  constructor(private readonly options: PlatformLogOptions) {
    this.size = existsSync(options.path) ? statSync(options.path).size : 0;
  }

  debug(component: string, message: string): void {
    this.write('debug', component, message);
  }

  info(component: string, message: string): void {
    this.write('info', component, message);
  }

  warn(component: string, message: string): void {
    this.write('warn', component, message);
  }

  error(component: string, message: string, error?: unknown): void {
    this.write('error', component, error === undefined ? message : `${message}: ${textOf(error)}`);
  }

  private write(level: LogLevel, component: string, message: string): void {
    const { options } = this;
    if (logLevels.indexOf(level) < logLevels.indexOf(options.level)) return;
    const time = new Date(options.clock.now()).toISOString();
    const line = `${time} ${level} ${component} ${escapeControls(message)}\n`;
    options.mirror?.(line);
    try {
      this.append(line);
    } catch {
      // Nowhere to complain: the disk is full or the folder is gone.
    }
  }

  /** Opened for each line: the file may be rotated, removed by the user, or on a disk that was full. */
  private append(line: string): void {
    const { path, rotateAt = defaultRotateAt } = this.options;
    if (this.size >= rotateAt) {
      renameSync(path, `${path}.1`);
      this.size = 0;
    }
    const descriptor = openSync(path, 'a', 0o600);
    try {
      this.size += writeSync(descriptor, line);
    } finally {
      closeSync(descriptor);
    }
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` (cause: ${textOf(error.cause)})`;
  return `${error.stack ?? error.message}${cause}`;
}

/** Line feeds and other control characters as `\n` or `\x1b`. */
function escapeControls(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) =>
    character === '\n' ? '\\n' : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
