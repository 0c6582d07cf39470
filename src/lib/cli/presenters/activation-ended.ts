import { isJsonObject, numberOf, parseJson } from '../../entity/json.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { shownJson } from './action-document.js';
import { resultOf } from './activation-shown.js';
import { shownStatus } from './activation-status.js';
import { shownDuration } from './activation-time.js';

/** Shows how an activation ended that was waited for, and its result. */
export class ActivationEndedPresenter implements Presenter {
  constructor(
    private readonly id: string,
    /** The record, JSON text. */
    private readonly record: string,
  ) {}

  text(terminal: Terminal): void {
    const document = parseJson(this.record);
    const record = isJsonObject(document) ? document : {};
    const end = `${shownStatus(record)} after ${shownDuration(numberOf(record['duration']))}`;
    terminal.ok(`ok: activation ${terminal.palette.name(this.id)} ended: ${end}`);
    terminal.answer(shownJson(resultOf(this.record)));
  }

  json(): JsonText {
    return new JsonText(this.record);
  }

  names(): readonly string[] {
    return [this.id];
  }
}

/** Shows that an activation has not ended within the time that it was waited for (C-49). */
export class ActivationPendingPresenter implements Presenter {
  constructor(private readonly id: string) {}

  text(terminal: Terminal): void {
    terminal.diagnostic(`ok: activation ${terminal.palette.name(this.id)} has not yet ended`);
  }

  json(): object {
    return { activationId: this.id, finished: false };
  }

  names(): readonly string[] {
    return [this.id];
  }
}
