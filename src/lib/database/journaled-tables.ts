import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import type { ActivationJournal } from './activation-journal.js';
import type { OpenActivation } from './activation-store.js';
import type { ActivationTables } from './activation-tables.js';
import type { BackgroundCheckpoint } from './background-checkpoint.js';
import type { ActivationWrite } from './journal-frames.js';
import { PendingActivations } from './pending-activations.js';
import { StoreFull } from './store-errors.js';

/** Rows that are folded at once: 2 to 3 ms, and nearly as cheap for each as in larger groups. */
const groupSize = 128;

/** Bytes of the journal, or characters of records, at which it is folded whatever the number of rows. */
const groupLength = 1024 * 1024;

/** Bytes of a page of the file: a row fills its part of one in the table, and is on another one in the index of ids. */
const pageSize = 4096;

/** Milliseconds after which what was written is folded without need. */
const idleTime = 500;

/** Bytes of the journal at which what is still open is copied into a new one; more when much is open. */
const leastJournalLimit = 4 * 1024 * 1024;

/** Characters of records that wait when the tables cannot take them; more is refused (RS-125). */
const mostWaiting = 64 * 1024 * 1024;

/** Collaborators of the tables behind a journal. */
export interface JournaledTablesDeps {
  readonly tables: ActivationTables;
  readonly checkpoint: BackgroundCheckpoint;
  /** Absent when the tables are in memory. */
  readonly journal?: ActivationJournal;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after records came into the tables. */
  readonly onStored: () => void;
}

/**
 * The tables of activations behind their journal: what is written waits in the journal and in memory, and is folded into the tables in large
 * transactions: when there is much, when a moment has passed, or when somebody wants to read the tables.
 */
export class JournaledTables {
  private readonly pending = new PendingActivations();
  private cancelFold: (() => void) | undefined;
  private foldIsSoon = false;
  private foldFails = false;
  private stopped = false;
  private journalLimit = leastJournalLimit;

  constructor(private readonly deps: JournaledTablesDeps) {}

  /** Takes over what a platform that died had not folded; doing it again after another crash changes nothing. Throws StoreDamaged. */
  recover(): void {
    const { journal, log } = this.deps;
    if (journal === undefined) return;
    const { writes, cut } = journal.recover();
    for (const write of writes) this.pending.add(write);
    if (cut > 0) log.warn('database', `${String(cut)} bytes of an activation that was never acknowledged are left out`);
    if (writes.length > 0)
      log.info('database', `${String(writes.length)} writes of the platform before this one are taken over`);
    this.foldInBackground();
  }

  /** The death of the process does not undo what this has written. Throws StoreFull, and then has written nothing. */
  write(writes: readonly ActivationWrite[]): void {
    if (this.foldFails && this.pending.size > mostWaiting) this.foldAll();
    this.append(writes);
    for (const write of writes) this.pending.add(write);
    const { amount, size } = this.pending;
    if (!this.foldFails && (amount >= groupSize || size >= groupLength)) this.foldSoon();
    else this.foldLater();
  }

  /** The text of a record. */
  find(namespace: string, activationId: string): string | undefined {
    return this.pending.find(namespace, activationId)?.record ?? this.deps.tables.find(namespace, activationId);
  }

  /** What was accepted and has not ended. */
  readOpen(): OpenActivation[] {
    const open = this.reading(() => [...this.deps.tables.readOpen(), ...this.stillOpen()]);
    if (this.pending.isEmpty) this.cutJournal();
    return open;
  }

  /** Reads the tables as they are with everything that was written. */
  reading<T>(read: () => T): T {
    try {
      this.foldAll();
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
    }
    return this.pending.amount === 0
      ? read()
      : this.deps.tables.readAsIfStored(this.pending.oldest(Infinity, Infinity), read);
  }

  /** Stores everything, and leaves no journal where that is possible. Waits for a checkpoint. */
  async stop(): Promise<void> {
    await this.deps.checkpoint.stop();
    this.stopped = true;
    this.cancelFold?.();
    this.orLater(() => {
      this.foldAll();
      this.foldOpen();
    });
    this.deps.journal?.close();
  }

  private append(writes: readonly ActivationWrite[]): void {
    const { journal } = this.deps;
    if (journal === undefined) return;
    try {
      journal.append(writes);
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
      // The journal itself may be what takes the room.
      this.foldAll();
      journal.append(writes);
    }
  }

  /** The answers that wait for the journal are on their way before the fold begins. */
  private foldSoon(): void {
    if (this.foldIsSoon || this.stopped) return;
    this.foldIsSoon = true;
    setImmediate(() => {
      this.foldIsSoon = false;
      if (!this.stopped) this.foldInBackground();
    });
  }

  private foldLater(): void {
    if (this.stopped) return;
    this.cancelFold ??= this.deps.clock.after(idleTime, () => {
      this.cancelFold = undefined;
      this.foldInBackground();
    });
  }

  private foldInBackground(): void {
    if (this.deps.checkpoint.isRunning) {
      this.foldLater();
      return;
    }
    this.orLater(() => {
      this.foldGroup();
    });
    if (this.pending.amount > 0 && !this.foldFails) this.foldSoon();
  }

  /** Does without what cannot be stored now: it stays in the journal, and is tried again. */
  private orLater(fold: () => void): void {
    try {
      fold();
      this.foldFails = false;
    } catch (error) {
      // Said once, not with each try.
      if (!this.foldFails) this.deps.log.error('database', 'activations wait, because they cannot be stored', error);
      this.foldFails = true;
      this.foldLater();
    }
  }

  /** Throws StoreFull, and whatever else SQLite says; nothing is lost by that. Not while a checkpoint is running. */
  private foldGroup(): void {
    // Two groups are taken together when that empties the journal, which would never happen otherwise under load.
    const group = this.pending.oldest(this.pending.amount <= 2 * groupSize ? 2 * groupSize : groupSize, groupLength);
    if (group.length > 0) {
      const length = this.pending.size;
      this.deps.tables.store(group);
      this.pending.remove(group);
      this.deps.checkpoint.committed(group.length + (length - this.pending.size) / pageSize);
      this.deps.onStored();
    }
    if (this.pending.amount === 0) this.cutJournal();
  }

  /** Folds until a checkpoint begins. Throws as {@link foldGroup}. */
  private foldAll(): void {
    while (this.pending.amount > 0 && !this.deps.checkpoint.isRunning) this.foldGroup();
  }

  /** Once every record is in the tables. */
  private cutJournal(): void {
    const { journal } = this.deps;
    if (journal === undefined) return;
    if (this.pending.isEmpty) {
      journal.clear();
      this.journalLimit = leastJournalLimit;
    } else if (journal.size > this.journalLimit) {
      // What is open stays in the journal: most of it ends soon, and then has cost the tables nothing (P-28).
      journal.rewrite(this.stillOpen().map((activation) => ({ accept: activation })));
      this.journalLimit = Math.max(leastJournalLimit, 2 * journal.size);
    }
  }

  /**
   * What is open but in no table. What has ended is never opened again, or the next start would close it over its record: that is looked up
   * here, where few are left, because a lookup for each accepted activation is 6 % of the platform (P-28).
   */
  private stillOpen(): OpenActivation[] {
    for (const { activationId } of this.pending.open) {
      if (this.deps.tables.has(activationId)) this.pending.removeOpen(activationId);
    }
    return this.pending.open;
  }

  /** For a stop: leaves nothing in the journal. */
  private foldOpen(): void {
    if (this.pending.amount > 0) return;
    const open = this.stillOpen();
    if (open.length > 0) this.deps.tables.storeOpen(open);
    for (const { activationId } of open) this.pending.removeOpen(activationId);
    this.cutJournal();
  }
}
