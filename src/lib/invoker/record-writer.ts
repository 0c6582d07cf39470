import type { ActivationEntry, ActivationStore } from '../database/activation-store.js';
import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';

/** Characters of records that are kept while they cannot be written. */
const keptLimit = 64 * 1024 * 1024;

/** Milliseconds between two tries to write what was kept. */
const retryInterval = 1000;

/** Collaborators of the record writer. */
export interface RecordWriterDeps {
  readonly store: ActivationStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** Stores records; what cannot be written, such as on a full disk, is kept and written when there is room (RS-125). */
export class RecordWriter {
  private readonly kept: ActivationEntry[] = [];
  private keptLength = 0;
  private retrying = false;

  constructor(private readonly deps: RecordWriterDeps) {}

  /** Resolves when the record is committed, or when it was found that this has to wait. Never rejects. */
  async put(entry: ActivationEntry): Promise<void> {
    try {
      await this.deps.store.put(entry);
    } catch (error) {
      this.keep(entry, error);
    }
  }

  /** Tries once more to write what was kept, and says in the log what is lost. To be called when the platform stops. */
  async close(): Promise<void> {
    await this.writeKept();
    for (const { activationId } of this.kept) this.reportLost(activationId);
  }

  private keep(entry: ActivationEntry, error: unknown): void {
    this.deps.log.error('invoker', `the record of activation ${entry.activationId} could not be written`, error);
    if (this.keptLength + entry.record.length > keptLimit) {
      this.reportLost(entry.activationId);
      return;
    }
    this.kept.push(entry);
    this.keptLength += entry.record.length;
    this.retryLater();
  }

  private retryLater(): void {
    if (this.retrying) return;
    this.retrying = true;
    this.deps.clock.after(retryInterval, () => {
      void this.writeKept().then((done) => {
        this.retrying = false;
        if (!done) this.retryLater();
      });
    });
  }

  /** Writes in order until it fails; says whether all was written. */
  private async writeKept(): Promise<boolean> {
    try {
      for (let entry = this.kept[0]; entry !== undefined; entry = this.kept[0]) {
        await this.deps.store.put(entry);
        this.kept.splice(this.kept.indexOf(entry), 1);
        this.keptLength -= entry.record.length;
        this.deps.log.info('invoker', `the record of activation ${entry.activationId} is written now`);
      }
      return true;
    } catch (error) {
      this.deps.log.debug('invoker', `records still cannot be written: ${String(error)}`);
      return false;
    }
  }

  private reportLost(activationId: string): void {
    this.deps.log.error('invoker', `the record of activation ${activationId} is lost`);
  }
}
