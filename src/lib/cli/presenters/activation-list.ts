import { annotationOf, type ListRecord, type ListResult, textOf } from '../../client/list-records.js';
import { isJsonObject, type JsonObject, numberOf, stringifyJson } from '../../entity/json.js';
import { JsonText, type Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';
import { shownJson } from './action-document.js';
import { shownStatus, statusCodeOf } from './activation-status.js';
import { localTime, shownDuration } from './activation-time.js';

const header = ['Datetime', 'Activation ID', 'Kind', 'Start', 'Duration', 'Status', 'Entity'];
const wideHeader = ['Wait', 'Init', 'Cause'];

/** Shows a list of activations as a table, or record by record with `full` (C-46, §11.2). */
export class ActivationListPresenter implements Presenter {
  constructor(
    private readonly list: ListResult,
    private readonly options: {
      readonly full: boolean;
      readonly wide: boolean;
      /** Whether only some activations were asked for. */
      readonly filtered: boolean;
    },
  ) {}

  text(terminal: Terminal): void {
    const { records, cut } = this.list;
    if (this.options.full) {
      terminal.answer('activations');
      for (const record of records) terminal.answer(shownJson(stringifyJson(wskForm(record))));
    } else {
      const { wide } = this.options;
      printTable(
        {
          header: wide ? [...header, ...wideHeader] : header,
          rows: records.map((record) => (wide ? [...rowOf(record), ...wideRowOf(record)] : rowOf(record))),
        },
        terminal,
      );
    }
    if (cut) terminal.note(`showing the latest ${String(records.length)}; --all for everything`);
    if (records.length === 0 && terminal.interactive && !terminal.quiet) {
      const why = this.options.filtered
        ? 'no activation fits; rt activation list shows all'
        : 'no activations yet; invoke an action with rt action invoke NAME';
      terminal.diagnostic(`${terminal.palette.hint('hint:')} ${why}`);
    }
  }

  json(): JsonText {
    return new JsonText(stringifyJson(this.list.records));
  }

  names(): readonly string[] {
    return this.list.records.map((record) => textOf(record, 'activationId') ?? '');
  }
}

/** A record as wsk prints it: with the status as a code too, without the size of the result. `--json` leaves it as the platform gave it. */
function wskForm(record: ListRecord): JsonObject {
  const { response } = record;
  if (!isJsonObject(response)) return record;
  const statusCode = statusCodeOf(record);
  const { size: _size, ...shown } = response;
  return { ...record, statusCode, response: { ...shown, statusCode } };
}

function rowOf(activation: ListRecord): readonly string[] {
  return [
    localTime(numberOf(activation['start'])),
    textOf(activation, 'activationId') ?? '-',
    kindOf(activation),
    startOf(activation),
    shownDuration(numberOf(activation['duration'])),
    shownStatus(activation),
    entityOf(activation),
  ];
}

function wideRowOf(activation: ListRecord): readonly string[] {
  const times = ['waitTime', 'initTime'].map((key) => shownDuration(numberOf(annotationOf(activation, key))));
  return [...times, textOf(activation, 'cause') ?? '-'];
}

function kindOf(activation: ListRecord): string {
  const kind = annotationOf(activation, 'kind');
  return typeof kind === 'string' ? kind : 'unknown';
}

/** Sequences and triggers run in no container; elsewhere an `initTime` says that the container was new (openwhisk-api.md §10.1). */
function startOf(activation: ListRecord): string {
  const kind = kindOf(activation);
  if (kind === 'unknown' || kind === 'sequence') return '--';
  return annotationOf(activation, 'initTime') === undefined ? 'warm' : 'cold';
}

function entityOf(activation: ListRecord): string {
  const path = annotationOf(activation, 'path');
  const own = `${textOf(activation, 'namespace') ?? '_'}/${textOf(activation, 'name') ?? ''}`;
  return `${typeof path === 'string' ? path : own}:${textOf(activation, 'version') ?? '-'}`;
}
