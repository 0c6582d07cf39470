import { type ListRecord, type ListResult, parsedOrUndefined, textOf } from '../../client/list-records.js';
import { isJsonObject, stringifyJson } from '../../entity/json.js';
import { JsonText, type Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';

/** How the entities of a collection are listed (C-46). */
export interface EntityTable {
  /** The header line, which is also the name of the collection. */
  readonly title: string;
  /** The cells of one entity. */
  row(entity: ListRecord): readonly string[];
  /** How the first one is made, for a hint on a terminal. */
  readonly creation: string;
}

/** Shows a list of entities (C-46); with `byName` sorted by namespace, package and name. */
export class EntityListPresenter implements Presenter {
  private readonly records: readonly ListRecord[];

  constructor(
    private readonly list: ListResult,
    private readonly table: EntityTable,
    options: { readonly byName: boolean },
  ) {
    this.records = options.byName ? [...list.records].sort(compareNames) : list.records;
  }

  text(terminal: Terminal): void {
    const { title, creation } = this.table;
    printTable({ header: [title], rows: this.records.map((record) => this.table.row(record)) }, terminal);
    if (this.list.cut) {
      terminal.note(`showing the latest ${String(this.records.length)}; --all for everything`);
    }
    if (this.records.length === 0 && terminal.interactive && !terminal.quiet) {
      terminal.diagnostic(`${terminal.palette.hint('hint:')} no ${title} yet; create one with ${creation}`);
    }
  }

  json(): JsonText {
    return new JsonText(stringifyJson(this.records));
  }

  names(): readonly string[] {
    return this.records.map(fullNameOf);
  }
}

/** `/ns/[pkg/]name` of a record. */
export function fullNameOf(record: ListRecord): string {
  return `/${textOf(record, 'namespace') ?? '_'}/${textOf(record, 'name') ?? ''}`;
}

/** `/ns/[pkg/]name` of an entity in JSON text, for `--output name`; `typed` where the text does not say it. */
export function fullNameIn(body: string, typed: string): string {
  const entity = parsedOrUndefined(body);
  return isJsonObject(entity) && textOf(entity, 'name') !== undefined ? fullNameOf(entity) : typed;
}

/** wsk's word for who may use an entity. */
export function accessOf(record: ListRecord): string {
  return record['publish'] === true ? 'shared' : 'private';
}

/** By namespace, then entities of no package, then package, then name (C-46). */
export function compareNames(a: ListRecord, b: ListRecord): number {
  const [left, right] = [a, b].map((record) => {
    const [namespace = '', inPackage = ''] = (textOf(record, 'namespace') ?? '').split('/');
    return [namespace, inPackage, textOf(record, 'name') ?? ''];
  });
  for (const [index, part] of (left ?? []).entries()) {
    const other = right?.[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
