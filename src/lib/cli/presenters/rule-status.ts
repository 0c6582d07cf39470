import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** Shows whether a rule is active (C-44); only that word with `--quiet` (§11.4). */
export class RuleStatusPresenter implements Presenter {
  constructor(
    private readonly name: string,
    private readonly status: string,
  ) {}

  text(terminal: Terminal): void {
    if (terminal.quiet) terminal.answer(this.status);
    else terminal.ok(`ok: rule ${terminal.palette.name(this.name)} is ${this.status}`);
  }

  json(): object {
    return { name: this.name, status: this.status };
  }

  names(): readonly string[] {
    return [this.name];
  }
}
