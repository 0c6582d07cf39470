import { ActivationCounters } from './activation-counters.js';
import type { ActivationEntry, OpenActivation } from './activation-store.js';
import { bytesAt, numberAt, type Row, type SqliteFile, textAt } from './sqlite-file.js';

/** Records that a group has added, by namespace. */
type Added = Map<string, { readonly amount: number; readonly bytes: number }>;

/** The tables of `activations.db`: what is written to them, and the lookups by id. Lists are {@link ActivationReader}'s. */
export class ActivationTables {
  readonly counters: ActivationCounters;
  /** Ids in the table of open activations, so that the others do not cost a statement. */
  private readonly openIds: Set<string>;
  private readonly select;
  private readonly selectId;
  private readonly selectOpen;
  private readonly insert;
  private readonly replace;
  private readonly insertOpen;
  private readonly removeOpen;

  constructor(private readonly deps: { readonly file: SqliteFile }) {
    const { file } = deps;
    this.counters = new ActivationCounters(deps);
    this.select = file.first('SELECT record FROM activations WHERE id = ? AND namespace = ?');
    this.selectId = file.first('SELECT 1 FROM activations WHERE id = ?');
    this.selectOpen = file.all('SELECT id, namespace, name, package, start, template FROM open ORDER BY start');
    this.insert = file.run(
      `INSERT INTO activations (id, namespace, name, package, start, size, summary, record)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.replace = file.run('UPDATE activations SET summary = ?, record = ? WHERE id = ? AND namespace = ?');
    this.insertOpen = file.run('INSERT OR REPLACE INTO open VALUES (?, ?, ?, ?, ?, ?)');
    this.removeOpen = file.run('DELETE FROM open WHERE id = ?');
    this.openIds = new Set(this.readOpen().map(({ activationId }) => activationId));
  }

  /** The text of a record. */
  find(namespace: string, activationId: string): string | undefined {
    const row = this.select(toBytes(activationId), namespace);
    return row === undefined ? undefined : textAt(row, 0);
  }

  /** Whether there is a record, in whatever namespace. */
  has(activationId: string): boolean {
    return this.selectId(toBytes(activationId)) !== undefined;
  }

  readOpen(): OpenActivation[] {
    return this.selectOpen().map(toOpenActivation);
  }

  /** Stores records as one transaction, or throws. Doing it twice changes nothing. */
  store(entries: readonly ActivationEntry[]): void {
    try {
      this.deps.file.transaction(() => {
        this.write(entries);
      });
    } catch (error) {
      this.counters.reload();
      throw error;
    }
    // Only after the commit: a set that is wrong after a failure would leave closed activations open.
    for (const { activationId } of entries) this.openIds.delete(activationId);
  }

  /** Stores what has not ended as one transaction, or throws. */
  storeOpen(activations: readonly OpenActivation[]): void {
    this.deps.file.transaction(() => {
      for (const { activationId, namespace, name, package: inPackage, start, template } of activations) {
        this.insertOpen(toBytes(activationId), namespace, name, inPackage, start, template);
      }
    });
    for (const { activationId } of activations) this.openIds.add(activationId);
  }

  /** Lets `read` see the tables as if the records were stored, and stores nothing: for when nothing can be stored (RS-125). */
  readAsIfStored<T>(entries: readonly ActivationEntry[], read: () => T): T {
    try {
      return this.deps.file.undone(() => {
        this.write(entries);
        return read();
      });
    } finally {
      this.counters.reload();
    }
  }

  private write(entries: readonly ActivationEntry[]): void {
    const added: Added = new Map();
    for (const entry of entries) this.writeRecord(entry, added);
    // Once for each namespace, not for each record: a third of what a record costs in a group (P-23).
    for (const [namespace, { amount, bytes }] of added) this.counters.change(namespace, amount, bytes);
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
