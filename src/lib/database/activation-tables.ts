import { ActivationCounters } from './activation-counters.js';
import type { ActivationEntry, OpenActivation } from './activation-store.js';
import type { ActivationWrite } from './journal-frames.js';
import { bytesAt, numberAt, type Row, type SqliteFile, textAt } from './sqlite-file.js';

/** Records that a group has added, by namespace. */
type Added = Map<string, { readonly amount: number; readonly bytes: number }>;

/** The tables of `activations.db`: what is written to them, and the lookups by id. Lists are {@link ActivationReader}'s. */
export class ActivationTables {
  readonly counters: ActivationCounters;
  /** Ids in the table of open activations, so that the others do not cost a statement. */
  private readonly openIds: Set<string>;
  private readonly select;
  private readonly selectOpen;
  private readonly insert;
  private readonly replace;
  private readonly insertOpen;
  private readonly removeOpen;

  constructor(private readonly deps: { readonly file: SqliteFile }) {
    const { file } = deps;
    this.counters = new ActivationCounters(deps);
    this.select = file.first('SELECT record FROM activations WHERE id = ? AND namespace = ?');
    this.selectOpen = file.all('SELECT id, namespace, name, package, start, template FROM open ORDER BY start');
    this.insert = file.run(
      `INSERT INTO activations (id, namespace, name, package, start, size, summary, record)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.replace = file.run('UPDATE activations SET summary = ?, record = ? WHERE id = ? AND namespace = ?');
    // What has ended is never opened again: the next start would close it over its record.
    this.insertOpen = file.run(
      `INSERT OR REPLACE INTO open SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM activations WHERE id = ?)`,
    );
    this.removeOpen = file.run('DELETE FROM open WHERE id = ?');
    this.openIds = new Set(this.readOpen().map(({ activationId }) => activationId));
  }

  /** The text of a record. */
  find(namespace: string, activationId: string): string | undefined {
    const row = this.select(toBytes(activationId), namespace);
    return row === undefined ? undefined : textAt(row, 0);
  }

  readOpen(): OpenActivation[] {
    return this.selectOpen().map(toOpenActivation);
  }

  /** Stores everything as one transaction, or throws. Doing it twice changes nothing. */
  store(writes: readonly ActivationWrite[]): void {
    try {
      this.deps.file.transaction(() => {
        this.write(writes);
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
  }

  /** Lets `read` see the tables as if everything were stored, and stores nothing: for when nothing can be stored (RS-125). */
  readAsIfStored<T>(writes: readonly ActivationWrite[], read: () => T): T {
    try {
      return this.deps.file.undone(() => {
        this.write(writes);
        return read();
      });
    } finally {
      this.counters.reload();
    }
  }

  private write(writes: readonly ActivationWrite[]): void {
    const added: Added = new Map();
    for (const write of writes) {
      if ('put' in write) this.writeRecord(write.put, added);
      else this.writeOpen(write.accept);
    }
    // Once for each namespace, not for each record: a third of what a record costs in a group (P-23).
    for (const [namespace, { amount, bytes }] of added) this.counters.change(namespace, amount, bytes);
  }

  private writeOpen({ activationId, namespace, name, package: inPackage, start, template }: OpenActivation): void {
    const id = toBytes(activationId);
    this.insertOpen(id, namespace, name, inPackage, start, template, id);
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
