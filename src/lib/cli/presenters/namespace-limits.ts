import { formatJson, jsonMembers } from '../json-text.js';
import { JsonText, type Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';

/** Shows the limits of a namespace, one a line, as the host names them: memory and logs in MB, times in milliseconds. */
export class NamespaceLimitsPresenter implements Presenter {
  constructor(
    /** The limits as the host answered, JSON text. */
    private readonly limits: string,
  ) {}

  text(terminal: Terminal): void {
    const rows = jsonMembers(this.limits).map(({ name, value }) => [
      name,
      formatJson(value, 0).replace(/^"(.*)"$/, '$1'),
    ]);
    printTable({ header: ['Limit', 'Value'], rows }, terminal);
  }

  json(): JsonText {
    return new JsonText(this.limits);
  }
}
