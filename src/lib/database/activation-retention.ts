import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import type { ActivationCounters } from './activation-counters.js';
import type { BackgroundCheckpoint } from './background-checkpoint.js';
import { numberAt, type Row, type SqliteFile, textAt } from './sqlite-file.js';

/** How much is kept (RS-109). */
export interface RetentionLimits {
  /** Milliseconds. */
  readonly age: number;
  readonly amount: number;
  /** Bytes of records and summaries. */
  readonly bytes: number;
}

/** A week, 100,000 records, 1 GB. */
export const defaultRetention: RetentionLimits = { age: 7 * 86_400_000, amount: 100_000, bytes: 1024 ** 3 };

/** How often age is looked at, in ms. */
const interval = 60_000;

/** Pause between two slices, in ms: requests come first. */
const pause = 20;

/** Milliseconds after which no further group of rows is begun. */
const sliceTime = 4;

/** Rows between two looks at the clock. */
const groupSize = 20;

/** Pages that a removed row is on, about: its own, and one of each index. */
const pagesPerRow = 3;

/** Most rows of a slice: the commit writes their pages, which the clock shows too late. */
const sliceSize = 100;

/** Free pages given back to the file system at once. */
const vacuumPages = 200;

/** Removes the oldest records in the background, a slice at a time, and gives free space back (RS-109). */
export class ActivationRetention {
  private readonly oldest;
  private readonly remove;
  private cancel: () => void;
  private nextIsSoon = false;

  constructor(
    private readonly deps: {
      readonly file: SqliteFile;
      readonly checkpoint: BackgroundCheckpoint;
      readonly counters: ActivationCounters;
      readonly limits: RetentionLimits;
      readonly clock: Clock;
      readonly log: Log;
    },
  ) {
    this.oldest = deps.file.all('SELECT sequence, namespace, size, start FROM activations ORDER BY sequence LIMIT ?');
    this.remove = deps.file.run('DELETE FROM activations WHERE sequence <= ?');
    this.cancel = this.wakeAfter(interval);
  }

  /** To be called after writes: begins soon when there is too much. */
  check(): void {
    if (this.nextIsSoon || this.surplus() <= 0) return;
    this.cancel();
    this.nextIsSoon = true;
    this.cancel = this.wakeAfter(pause);
  }

  stop(): void {
    this.cancel();
  }

  private wakeAfter(milliseconds: number): () => void {
    return this.deps.clock.after(milliseconds, () => {
      this.nextIsSoon = this.runSlice();
      this.cancel = this.wakeAfter(this.nextIsSoon ? pause : interval);
    });
  }

  /** Gives whether more is to be done soon. */
  private runSlice(): boolean {
    try {
      if (this.deps.checkpoint.isRunning) return true;
      return this.removeSlice() || this.vacuumSlice();
    } catch (error) {
      this.deps.counters.reload();
      this.deps.log.error('database', 'old activations could not be removed', error);
      return false;
    }
  }

  private removeSlice(): boolean {
    const { clock, file } = this.deps;
    const end = clock.monotonic() + sliceTime;
    let removed = 0;
    file.transaction(() => {
      let inGroup = groupSize;
      while (inGroup === groupSize && removed < sliceSize && clock.monotonic() < end) {
        inGroup = this.removeGroup();
        removed += inGroup;
      }
    });
    this.deps.checkpoint.committed(removed * pagesPerRow);
    return removed > 0;
  }

  /** Removes the oldest rows that are too many or too old; gives how many. Part of a transaction. */
  private removeGroup(): number {
    const { counters, limits, clock } = this.deps;
    const surplus = this.surplus();
    const deadline = clock.now() - limits.age;
    const rows = this.oldest(groupSize);
    const kept = rows.findIndex((row, index) => index >= surplus && numberAt(row, 3) >= deadline);
    const victims = kept === -1 ? rows : rows.slice(0, kept);
    const last = victims.at(-1);
    if (last === undefined) return 0;
    this.remove(numberAt(last, 0));
    for (const [namespace, sum] of sumByNamespace(victims)) counters.change(namespace, -sum.amount, -sum.bytes);
    return victims.length;
  }

  /** How many of the oldest rows are too many; when it is about bytes, a group. */
  private surplus(): number {
    const { amount, bytes } = this.deps.counters.total;
    const { limits } = this.deps;
    return Math.max(amount - limits.amount, bytes > limits.bytes ? groupSize : 0);
  }

  /** Free pages are reused by later records; only where a tenth of the file is free some are given back. */
  private vacuumSlice(): boolean {
    const { file } = this.deps;
    const free = Number(file.pragma('freelist_count'));
    if (free < vacuumPages || free * 10 < Number(file.pragma('page_count'))) return false;
    file.execute(`PRAGMA incremental_vacuum(${String(vacuumPages)})`);
    this.deps.checkpoint.committed(vacuumPages);
    return true;
  }
}

function sumByNamespace(rows: readonly Row[]): Map<string, { readonly amount: number; readonly bytes: number }> {
  const sums = new Map<string, { readonly amount: number; readonly bytes: number }>();
  for (const row of rows) {
    const namespace = textAt(row, 1);
    const { amount, bytes } = sums.get(namespace) ?? { amount: 0, bytes: 0 };
    sums.set(namespace, { amount: amount + 1, bytes: bytes + numberAt(row, 2) });
  }
  return sums;
}
