import type { KindEntry } from '../../client/kinds-client.js';
import { formatJson } from '../json-text.js';
import type { Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';

function marks(entry: KindEntry): string {
  return [...(entry.default ? ['default'] : []), ...(entry.deprecated ? ['deprecated'] : [])].join(', ') || '-';
}

function availability(entry: KindEntry): string {
  if (entry.available === undefined) return '-';
  return entry.available ? 'yes' : 'no';
}

/** The list of kinds: kind, family, marks, whether the platform can run it now, image, and what is missing where something is (§14.5). */
export class KindsPresenter implements Presenter {
  constructor(
    private readonly kinds: readonly KindEntry[],
    private readonly wide: boolean,
  ) {}

  text(terminal: Terminal): void {
    const tellsMissing = this.wide || this.kinds.some((entry) => entry.missing !== undefined);
    const missing = (entry: KindEntry): readonly string[] => (tellsMissing ? [entry.missing ?? '-'] : []);
    const rows = this.kinds.map((entry) => [
      entry.kind,
      entry.family,
      marks(entry),
      availability(entry),
      entry.image,
      ...missing(entry),
    ]);
    const header = ['Kind', 'Family', 'Marks', 'Available', 'Image', ...(tellsMissing ? ['Missing'] : [])];
    printTable({ header, rows }, terminal);
  }

  json(): object {
    return this.kinds;
  }

  names(): readonly string[] {
    return this.kinds.map((entry) => entry.kind);
  }
}

/** One kind as JSON. */
export class KindPresenter implements Presenter {
  constructor(private readonly kind: KindEntry) {}

  text(terminal: Terminal): void {
    terminal.ok(`ok: got kind ${terminal.palette.name(this.kind.kind)}`);
    terminal.answer(formatJson(JSON.stringify(this.kind), 4));
  }

  json(): object {
    return this.kind;
  }

  names(): readonly string[] {
    return [this.kind.kind];
  }
}
