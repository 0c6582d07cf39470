import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** What a command did, where that is all there is to say: success lines, and the document for `--json`. */
export class Outcome implements Presenter {
  constructor(
    private readonly lines: readonly string[],
    private readonly document: object,
  ) {}

  text(terminal: Terminal): void {
    for (const line of this.lines) terminal.ok(`ok: ${line}`);
  }

  json(): object {
    return this.document;
  }
}
