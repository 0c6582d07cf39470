import type { Collection, EntityKey } from './artifact-store.js';
import { numberAt, type SqliteFile } from './sqlite-file.js';

/** Stands for all packages of a namespace; no package can have this name. */
const wholeNamespace = '/';

/** How many entities there are of each collection, in a namespace and in each of its packages, without counting (P-45). */
export class EntityCounters {
  private readonly read;
  private readonly add;
  private readonly clear;

  constructor(deps: { readonly file: SqliteFile }) {
    const place = 'namespace = ? AND collection = ? AND package = ?';
    this.read = deps.file.first(`SELECT amount FROM counters WHERE ${place}`);
    this.add = deps.file.run(
      'INSERT INTO counters VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount',
    );
    this.clear = deps.file.run(`DELETE FROM counters WHERE ${place} AND amount = 0`);
  }

  /** Part of the transaction that adds or removes an entity; `by` is 1 or −1. */
  change(key: EntityKey, collection: Collection, by: 1 | -1): void {
    for (const place of [key.package, wholeNamespace]) {
      this.add(key.namespace, collection, place, by);
      if (by < 0) this.clear(key.namespace, collection, place);
    }
  }

  /** Without a package: the whole namespace. */
  amount(namespace: string, collection: Collection, inPackage: string | undefined): number {
    const row = this.read(namespace, collection, inPackage ?? wholeNamespace);
    return row === undefined ? 0 : numberAt(row, 0);
  }
}
