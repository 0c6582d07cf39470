import { parsedOrUndefined, textOf } from '../../client/list-records.js';
import { isJsonObject } from '../../entity/json.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { fullNameIn } from './entity-list.js';

/** Shows whether a rule is active (C-44); only that word with `--quiet` (§11.4). */
export class RuleStatusPresenter implements Presenter {
  private readonly status: string;

  constructor(
    private readonly name: string,
    /** The rule as the server answered, JSON text. */
    private readonly body: string,
  ) {
    const rule = parsedOrUndefined(body);
    this.status = (isJsonObject(rule) ? textOf(rule, 'status') : undefined) ?? 'unknown';
  }

  text(terminal: Terminal): void {
    if (terminal.quiet) terminal.answer(this.status);
    else terminal.ok(`ok: rule ${terminal.palette.name(this.name)} is ${this.status}`);
  }

  json(): object {
    return { name: this.name, status: this.status };
  }

  names(): readonly string[] {
    return [fullNameIn(this.body, this.name)];
  }
}
