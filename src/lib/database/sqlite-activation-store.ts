import type { Clock } from '../entity/clock.js';
import type { Log } from '../entity/log.js';
import { ActivationCounters } from './activation-counters.js';
import { ActivationReader } from './activation-reader.js';
import { ActivationRetention, type RetentionLimits } from './activation-retention.js';
import type { ActivationEntry, ActivationQuery, ActivationStore, OpenActivation } from './activation-store.js';
import { CorruptEntity } from './artifact-store.js';
import { promised } from './promised.js';
import { isJson, readableTexts } from './readable-texts.js';
import { bytesAt, numberAt, type Row, type SqliteFile, textAt } from './sqlite-file.js';
import { TurnBatcher } from './turn-batcher.js';

/** Records that a group has added, by namespace. */
type Added = Map<string, { readonly amount: number; readonly bytes: number }>;

type Write = { readonly put: ActivationEntry } | { readonly accept: OpenActivation };

/** Activation records in `activations.db`. What arrives in one turn of the event loop is one transaction. */
export class SqliteActivationStore implements ActivationStore {
  private readonly counters: ActivationCounters;
  private readonly reader: ActivationReader;
  private readonly retention: ActivationRetention;
  private readonly batcher: TurnBatcher<Write>;
  /** Ids of open activations, so that the others do not cost a statement. */
  private readonly openIds: Set<string>;
  private readonly select;
  private readonly selectOpen;
  private readonly insert;
  private readonly replace;
  private readonly insertOpen;
  private readonly removeOpen;

  constructor(
    private readonly deps: {
      readonly file: SqliteFile;
      readonly limits: RetentionLimits;
      readonly clock: Clock;
      readonly log: Log;
    },
  ) {
    const { file } = deps;
    this.counters = new ActivationCounters(deps);
    this.reader = new ActivationReader(deps);
    this.retention = new ActivationRetention({ ...deps, counters: this.counters });
    this.batcher = new TurnBatcher({ write: (writes: readonly Write[]) => this.writeAll(writes) });
    this.select = file.first('SELECT record FROM activations WHERE id = ? AND namespace = ?');
    this.selectOpen = file.all('SELECT id, namespace, name, package, start, template FROM open ORDER BY start');
    this.insert = file.run(
      `INSERT INTO activations (id, namespace, name, package, start, size, summary, record)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.replace = file.run('UPDATE activations SET summary = ?, record = ? WHERE id = ? AND namespace = ?');
    this.insertOpen = file.run(
      `INSERT OR REPLACE INTO open SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM activations WHERE id = ?)`,
    );
    this.removeOpen = file.run('DELETE FROM open WHERE id = ?');
    this.openIds = new Set(this.readOpen().map(({ activationId }) => activationId));
  }

  put(entry: ActivationEntry): Promise<void> {
    return this.batcher.add({ put: entry });
  }

  accept(activation: OpenActivation): Promise<void> {
    return this.batcher.add({ accept: activation });
  }

  get(namespace: string, activationId: string): Promise<string | undefined> {
    return promised(() => {
      const row = this.select(toBytes(activationId), namespace);
      if (row === undefined) return undefined;
      const record = textAt(row, 0);
      if (!isJson(record)) throw new CorruptEntity({ namespace, package: '', name: activationId });
      return record;
    });
  }

  list(
    query: ActivationQuery & { readonly limit: number; readonly skip: number; readonly docs: boolean },
  ): Promise<string[]> {
    return promised(() => {
      const rows = this.reader.list(query.docs ? 'record' : 'summary', query);
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
    return promised(() => (unfiltered ? this.counters.of(query.namespace) : this.reader.count(query)));
  }

  open(): Promise<OpenActivation[]> {
    return promised(() => this.readOpen());
  }

  flush(): Promise<void> {
    return this.batcher.flush();
  }

  /** Ends the work in the background; to be called before the file is closed. */
  async stop(): Promise<void> {
    await this.flush();
    this.retention.stop();
  }

  private readOpen(): OpenActivation[] {
    return this.selectOpen().map(toOpenActivation);
  }

  private writeAll(writes: readonly Write[]): void {
    try {
      this.deps.file.transaction(() => {
        const added: Added = new Map();
        for (const write of writes) this.write(write, added);
        // Once for each namespace, not for each record: a third of what a record costs in a group (P-23).
        for (const [namespace, { amount, bytes }] of added) this.counters.change(namespace, amount, bytes);
      });
    } catch (error) {
      this.counters.reload();
      throw error;
    }
    // Only after the commit: a set that is wrong after a failure would leave closed activations open.
    for (const write of writes) {
      if ('put' in write) this.openIds.delete(write.put.activationId);
      else this.openIds.add(write.accept.activationId);
    }
    this.retention.check();
  }

  private write(write: Write, added: Added): void {
    if ('put' in write) {
      this.writeRecord(write.put, added);
    } else {
      const { activationId, namespace, name, package: inPackage, start, template } = write.accept;
      const id = toBytes(activationId);
      // What has ended is never opened again: the next start would close it over its record.
      this.insertOpen(id, namespace, name, inPackage, start, template, id);
      // An activation can be accepted and end within one turn.
      this.openIds.add(activationId);
    }
  }

  private writeRecord(entry: ActivationEntry, added: Added): void {
    const id = toBytes(entry.activationId);
    const size = entry.record.length + entry.summary.length;
    const { namespace, name, package: inPackage, start, summary, record } = entry;
    if (this.insert(id, namespace, name, inPackage, start, size, summary, record) === 0) {
      this.replace(summary, record, id, namespace);
    } else {
      const { amount, bytes } = added.get(namespace) ?? { amount: 0, bytes: 0 };
      added.set(namespace, { amount: amount + 1, bytes: bytes + size });
    }
    if (this.openIds.has(entry.activationId)) this.removeOpen(id);
  }
}

function toBytes(activationId: string): Buffer {
  return Buffer.from(activationId, 'hex');
}

function toOpenActivation(row: Row): OpenActivation {
  return {
    activationId: bytesAt(row, 0).toString('hex'),
    namespace: textAt(row, 1),
    name: textAt(row, 2),
    package: textAt(row, 3),
    start: numberAt(row, 4),
    template: textAt(row, 5),
  };
}
