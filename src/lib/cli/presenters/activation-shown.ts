import { annotationOf, textOf } from '../../client/list-records.js';
import { isJsonObject, type JsonObject, numberOf, parseJson } from '../../entity/json.js';
import { jsonMember } from '../json-text.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { shownJson } from './action-document.js';
import { activationFields, fieldText } from './action-field.js';
import { shownStatus } from './activation-status.js';
import { localTime } from './activation-time.js';

/** What of an activation is shown. */
export type ActivationView =
  | { readonly type: 'whole' }
  | { readonly type: 'field'; readonly field: string }
  | { readonly type: 'summary' }
  | { readonly type: 'result' };

/** Shows an activation record (C-44). */
export class ActivationPresenter implements Presenter {
  constructor(
    private readonly id: string,
    /** The record as the server answered, JSON text. */
    private readonly record: string,
    private readonly view: ActivationView,
  ) {}

  text(terminal: Terminal): void {
    const got = `ok: got activation ${terminal.palette.name(this.id)}`;
    switch (this.view.type) {
      case 'whole':
        terminal.ok(got);
        terminal.answer(shownJson(this.record));
        return;
      case 'field': {
        const value = fieldText(this.record, this.view.field, activationFields);
        terminal.ok(`${got}, displaying field ${this.view.field}`);
        terminal.answer(shownJson(value));
        return;
      }
      case 'summary':
        terminal.answer(summaryOf(this.record));
        terminal.answer(shownJson(resultOf(this.record)));
        return;
      case 'result':
        terminal.answer(shownJson(resultOf(this.record)));
    }
  }

  json(): JsonText {
    switch (this.view.type) {
      case 'field':
        return new JsonText(fieldText(this.record, this.view.field, activationFields));
      case 'result':
        return new JsonText(resultOf(this.record));
      case 'whole':
      case 'summary':
        return new JsonText(this.record);
    }
  }

  names(): readonly string[] {
    return [this.id];
  }
}

/** Shows only a result, as `activation result` and `action invoke --result` do. */
export class ResultPresenter implements Presenter {
  constructor(private readonly result: string) {}

  text(terminal: Terminal): void {
    terminal.answer(shownJson(this.result));
  }

  json(): JsonText {
    return new JsonText(this.result);
  }
}

/** The result in a record, or at another path of a document; `null` when there is none. */
export function resultOf(document: string, path: readonly string[] = ['response', 'result']): string {
  return jsonMember(document, path) ?? 'null';
}

function summaryOf(record: string): string {
  const document = parseJson(record);
  if (!isJsonObject(document)) return record;
  const at = localTime(numberOf(document['end']) ?? numberOf(document['start']));
  return `activation result for '${pathOf(document)}' (${shownStatus(document)} at ${at})`;
}

function pathOf(activation: JsonObject): string {
  const path = annotationOf(activation, 'path');
  if (typeof path === 'string') return `/${path}`;
  return `/${textOf(activation, 'namespace') ?? '_'}/${textOf(activation, 'name') ?? ''}`;
}
