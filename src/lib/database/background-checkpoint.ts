import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Log } from '../entity/log.js';
import { memoryPath, type SqliteFile } from './sqlite-file.js';

/** Pages in the log at which they are copied into the file: 5 ms of copying. */
const enough = 1500;

const sync = promisify(fdatasync);

/** The write-ahead log and the database file, opened beside SQLite. */
interface Descriptors {
  readonly log: number;
  readonly file: number;
}

/**
 * Copies the log of a database with `synchronous=OFF` into its file, with the syncs in the order that SQLite keeps itself, but off the main
 * loop: one of SQLite's own checkpoints stops every request for two syncs, 20 to 100 ms on a slow disk (P-25, RS-109). So a power loss costs
 * the last commits and never the file (RS-102). Nobody may commit while it is running.
 */
export class BackgroundCheckpoint {
  private descriptors: Descriptors | undefined;
  private pages = 0;
  private running: Promise<void> | undefined;
  private stopped: boolean;

  constructor(private readonly deps: { readonly file: SqliteFile; readonly log: Log }) {
    this.stopped = deps.file.path === memoryPath;
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** To be called after a commit of about so many pages. */
  committed(pages: number): void {
    this.pages += pages;
    if (this.pages < enough || this.running !== undefined || this.stopped) return;
    this.pages = 0;
    this.running = this.run().finally(() => {
      this.running = undefined;
    });
  }

  /** Begins no other; resolves when none is running. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  /** To be called when SQLite has closed the file: closing another descriptor of it before would drop SQLite's lock (RS-142). */
  close(): void {
    if (this.descriptors === undefined) return;
    closeSync(this.descriptors.log);
    closeSync(this.descriptors.file);
    this.descriptors = undefined;
  }

  private async run(): Promise<void> {
    const { file, log } = this.deps;
    try {
      this.descriptors ??= { log: openSync(`${file.path}-wal`, 'r+'), file: openSync(file.path, 'r+') };
      await sync(this.descriptors.log);
      file.copyLog();
      await sync(this.descriptors.file);
      // An old frame behind new ones could be taken for one of them if the power went out now; an empty log has none.
      file.emptyLog();
      await sync(this.descriptors.log);
    } catch (error) {
      log.warn('database', `the log of ${file.path} could not be copied into the file yet: ${String(error)}`);
    }
  }
}
