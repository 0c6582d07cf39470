import { numberAt, type SqliteFile } from './sqlite-file.js';

/** Number and bytes of the records of each namespace and in all, without counting (P-45). */
export class ActivationCounters {
  private readonly read;
  private readonly add;
  private readonly sum;
  private amount: number;
  private bytes: number;

  constructor(deps: { readonly file: SqliteFile }) {
    this.read = deps.file.first('SELECT amount FROM counters WHERE namespace = ?');
    this.add = deps.file.run(
      `INSERT INTO counters VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET amount = amount + excluded.amount, bytes = bytes + excluded.bytes`,
    );
    this.sum = deps.file.first('SELECT coalesce(sum(amount), 0), coalesce(sum(bytes), 0) FROM counters');
    this.amount = 0;
    this.bytes = 0;
    this.reload();
  }

  /** Records of all namespaces. */
  get total(): { readonly amount: number; readonly bytes: number } {
    return { amount: this.amount, bytes: this.bytes };
  }

  of(namespace: string): number {
    const row = this.read(namespace);
    return row === undefined ? 0 : numberAt(row, 0);
  }

  /** Part of the transaction that adds or removes records. */
  change(namespace: string, amount: number, bytes: number): void {
    this.add(namespace, amount, bytes);
    this.amount += amount;
    this.bytes += bytes;
  }

  /** Takes the totals from the file: at the beginning, and after a transaction that was rolled back. */
  reload(): void {
    const row = this.sum();
    this.amount = row === undefined ? 0 : numberAt(row, 0);
    this.bytes = row === undefined ? 0 : numberAt(row, 1);
  }
}
