import { type ListRecord, textOf } from '../../client/list-records.js';
import { numberOf, stringifyJson } from '../../entity/json.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { logLines, strippedLine } from './activation-log-lines.js';
import { shownStatus } from './activation-status.js';
import { shownDuration } from './activation-time.js';

/** Shows an activation that has just ended: a head line, then its log lines (C-66). */
export class ActivationEventPresenter implements Presenter {
  private readonly id: string;

  constructor(
    /** The whole record. */
    private readonly record: ListRecord,
    private readonly options: { readonly strip: boolean },
  ) {
    this.id = textOf(record, 'activationId') ?? '';
  }

  text(terminal: Terminal): void {
    const { palette } = terminal;
    const status = shownStatus(this.record);
    const colored = status === 'success' ? palette.ok(status) : palette.error(status);
    const name = palette.name(`'${textOf(this.record, 'name') ?? ''}'`);
    terminal.answer(`Activation: ${name} (${this.id}) ${colored} ${shownDuration(numberOf(this.record['duration']))}`);
    for (const line of logLines(this.json().text)) terminal.answer(this.options.strip ? strippedLine(line) : line);
  }

  json(): JsonText {
    return new JsonText(stringifyJson(this.record));
  }

  names(): readonly string[] {
    return [this.id];
  }
}
