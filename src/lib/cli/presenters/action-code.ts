import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** Prints the source of an action exactly as it is stored (`action get --code`). */
export class ActionCodePresenter implements Presenter {
  constructor(
    /** The action with its code, JSON text. */
    private readonly body: string,
    /** Text, or the bytes of an archive or a program. */
    private readonly code: string | Uint8Array,
  ) {}

  text(terminal: Terminal): void {
    terminal.raw(this.code);
  }

  json(): JsonText {
    return new JsonText(this.body);
  }
}

/** Tells where code was saved to (C-44). */
export class CodeSavedPresenter implements Presenter {
  constructor(
    private readonly body: string,
    /** Absolute path. */
    private readonly path: string,
  ) {}

  text(terminal: Terminal): void {
    terminal.ok(`ok: saved action code to ${this.path}`);
  }

  json(): JsonText {
    return new JsonText(this.body);
  }
}
