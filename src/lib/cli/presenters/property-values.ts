import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** One row of `property get`. */
export interface PropertyRow {
  /** Name of the flag and of the member in JSON. */
  readonly name: string;
  /** wsk's words, and the tabulators behind them. */
  readonly label: string;
  readonly value: string;
  readonly source: string;
}

/** Shows effective properties in wsk's rows, as bare values, or with their sources (C-17, C-72). */
export class PropertyValues implements Presenter {
  constructor(
    private readonly rows: readonly PropertyRow[],
    private readonly form: { readonly raw: boolean; readonly sources: boolean },
  ) {}

  text(terminal: Terminal): void {
    for (const row of this.rows) {
      const value = terminal.palette.name(row.value);
      if (this.form.raw) terminal.answer(row.value);
      else if (this.form.sources)
        terminal.answer(`${row.name.padEnd(12)}${value}  ${terminal.palette.dim(row.source)}`);
      else terminal.answer(`${row.label}${value}`);
    }
  }

  json(): object {
    const values = this.rows.map((row): [string, unknown] => [
      row.name,
      this.form.sources ? { value: row.value, source: row.source } : row.value,
    ]);
    return Object.fromEntries(values);
  }
}
