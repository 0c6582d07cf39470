import { isJsonObject, type JsonValue, parseJson, stringifyJson } from '../../entity/json.js';
import { textOf } from '../../client/list-records.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { shownJson } from './action-document.js';

/** Shows where logs go to; with `set` after it was changed. */
export class LogForwardingPresenter implements Presenter {
  constructor(
    /** An object with the destination as its member, JSON text. */
    private readonly body: string,
    private readonly set?: { readonly destination: string },
  ) {}

  text(terminal: Terminal): void {
    if (this.set !== undefined) {
      terminal.ok(`ok: log forwarding of this namespace is set to ${terminal.palette.name(this.set.destination)}`);
      return;
    }
    terminal.ok('ok: got log forwarding of this namespace');
    terminal.answer(shownJson(this.body));
  }

  json(): JsonText {
    return new JsonText(this.body);
  }

  names(): readonly string[] {
    const document = parseJson(this.body);
    return isJsonObject(document) ? Object.keys(document) : [];
  }
}

/** Shows what went wrong with forwarding lately, one error a line. */
export class LogForwardingErrorsPresenter implements Presenter {
  constructor(
    /** `{"destination","errors"}`, JSON text. */
    private readonly body: string,
  ) {}

  text(terminal: Terminal): void {
    const document = parseJson(this.body);
    const { errors = [], ...rest } = isJsonObject(document) ? document : {};
    const destination = textOf(rest, 'destination') ?? textOf(rest, 'configured_forwarder');
    const items: readonly JsonValue[] = Array.isArray(errors) ? errors : [errors];
    if (items.length === 0) {
      terminal.ok(`ok: no errors of log forwarding${destination === undefined ? '' : ` to ${destination}`}`);
    }
    for (const error of items) terminal.answer(typeof error === 'string' ? error : stringifyJson(error));
  }

  json(): JsonText {
    return new JsonText(this.body);
  }
}
