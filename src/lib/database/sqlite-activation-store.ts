import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import type { ActivationJournal } from './activation-journal.js';
import type { ActivationCounters } from './activation-counters.js';
import { ActivationReader } from './activation-reader.js';
import { ActivationRetention, type RetentionLimits } from './activation-retention.js';
import type { ActivationEntry, ActivationQuery, ActivationStore, OpenActivation } from './activation-store.js';
import { ActivationTables } from './activation-tables.js';
import type { BackgroundCheckpoint } from './background-checkpoint.js';
import { CorruptEntity } from './artifact-store.js';
import type { ActivationWrite } from './journal-frames.js';
import { JournaledTables } from './journaled-tables.js';
import { promised } from './promised.js';
import { isJson, readableTexts } from './readable-texts.js';
import { type SqliteFile, textAt } from './sqlite-file.js';
import { TurnBatcher } from './turn-batcher.js';

/** Activation records in `activations.db` behind a journal. What arrives in one turn of the event loop is one write to the journal. */
export class SqliteActivationStore implements ActivationStore {
  private readonly counters: ActivationCounters;
  private readonly reader: ActivationReader;
  private readonly retention: ActivationRetention;
  private readonly tables: JournaledTables;
  private readonly batcher: TurnBatcher<ActivationWrite>;

  constructor(
    private readonly deps: {
      readonly file: SqliteFile;
      readonly checkpoint: BackgroundCheckpoint;
      /** Absent when the file is in memory. */
      readonly journal?: ActivationJournal;
      readonly limits: RetentionLimits;
      readonly clock: Clock;
      readonly log: Log;
    },
  ) {
    const tables = new ActivationTables(deps);
    this.counters = tables.counters;
    this.reader = new ActivationReader(deps);
    this.retention = new ActivationRetention({ ...deps, counters: tables.counters });
    const onStored = (): void => {
      this.retention.check();
    };
    this.tables = new JournaledTables({ ...deps, tables, onStored });
    this.batcher = new TurnBatcher({
      write: (writes: readonly ActivationWrite[]) => {
        this.tables.write(writes);
      },
    });
    this.tables.recover();
  }

  put(entry: ActivationEntry): Promise<void> {
    return this.batcher.addSoon({ put: entry });
  }

  accept(activation: OpenActivation): Promise<void> {
    return this.batcher.add({ accept: activation });
  }

  get(namespace: string, activationId: string): Promise<string | undefined> {
    return promised(() => {
      const record = this.tables.find(namespace, activationId);
      if (record === undefined || isJson(record)) return record;
      throw new CorruptEntity({ namespace, package: '', name: activationId });
    });
  }

  list(
    query: ActivationQuery & { readonly limit: number; readonly skip: number; readonly docs: boolean },
  ): Promise<string[]> {
    return promised(() => {
      const rows = this.tables.reading(() => this.reader.list(query.docs ? 'record' : 'summary', query));
      return readableTexts(
        rows.map((row) => textAt(row, 0)),
        () => {
          this.deps.log.error('database', `a damaged activation of ${query.namespace} is left out of a list`);
        },
      );
    });
  }

  count(query: ActivationQuery): Promise<number> {
    const unfiltered = query.name === undefined && query.since === undefined && query.upto === undefined;
    return promised(() =>
      this.tables.reading(() => (unfiltered ? this.counters.of(query.namespace) : this.reader.count(query))),
    );
  }

  open(): Promise<OpenActivation[]> {
    return promised(() => this.tables.readOpen());
  }

  flush(): Promise<void> {
    return this.batcher.flush();
  }

  /** Ends the work in the background; to be called before the file is closed. */
  async stop(): Promise<void> {
    await this.flush();
    this.retention.stop();
    await this.tables.stop();
  }
}
