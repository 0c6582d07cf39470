import { isWebAction } from '../../client/action-url.js';
import { annotationOf, type ListRecord, type ListResult, textOf } from '../../client/list-records.js';
import { numberOf, stringifyJson } from '../../entity/json.js';
import { JsonText, type Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';
import { localTime } from './activation-time.js';

/** Shows a list of actions (C-46); with `byName` sorted by namespace, package and name. */
export class ActionListPresenter implements Presenter {
  private readonly records: readonly ListRecord[];

  constructor(
    private readonly list: ListResult,
    options: { readonly byName: boolean },
  ) {
    this.records = options.byName ? [...list.records].sort(compareNames) : list.records;
  }

  text(terminal: Terminal): void {
    printTable({ header: ['actions'], rows: this.records.map(rowOf) }, terminal);
    if (this.list.cut) {
      terminal.note(`showing the latest ${String(this.records.length)}; --all for everything`);
    }
    if (this.records.length === 0 && terminal.interactive && !terminal.quiet) {
      terminal.diagnostic(
        `${terminal.palette.hint('hint:')} no actions yet; create one with rt action create NAME FILE`,
      );
    }
  }

  json(): JsonText {
    return new JsonText(stringifyJson(this.records));
  }

  names(): readonly string[] {
    return this.records.map(fullName);
  }
}

/** Shows a number of entities (`--count`). */
export class CountPresenter implements Presenter {
  constructor(
    private readonly collection: 'actions' | 'activations',
    private readonly count: number,
  ) {}

  text(terminal: Terminal): void {
    const noun = this.count === 1 ? this.collection.slice(0, -1) : this.collection;
    terminal.answer(`You have ${String(this.count)} ${noun} in this namespace.`);
  }

  json(): object {
    return { [this.collection]: this.count };
  }
}

function rowOf(action: ListRecord): readonly string[] {
  return [
    fullName(action),
    action['publish'] === true ? 'shared' : 'private',
    kindOf(action),
    webFlag(action),
    textOf(action, 'version') ?? '-',
    localTime(numberOf(action['updated'])),
  ];
}

function fullName(action: ListRecord): string {
  return `/${textOf(action, 'namespace') ?? '_'}/${textOf(action, 'name') ?? ''}`;
}

function kindOf(action: ListRecord): string {
  const kind = annotationOf(action, 'exec');
  return typeof kind === 'string' ? kind : '-';
}

function webFlag(action: ListRecord): string {
  if (!isWebAction(action)) return '-';
  if (annotationOf(action, 'raw-http') === true) return 'raw';
  const secret = annotationOf(action, 'require-whisk-auth');
  return secret === undefined || secret === false ? 'web' : 'web*';
}

/** By namespace, then actions of no package, then package, then name (C-46). */
function compareNames(a: ListRecord, b: ListRecord): number {
  const [left, right] = [a, b].map((action) => {
    const [namespace = '', inPackage = ''] = (textOf(action, 'namespace') ?? '').split('/');
    return [namespace, inPackage, textOf(action, 'name') ?? ''];
  });
  for (const [index, part] of (left ?? []).entries()) {
    const other = right?.[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
