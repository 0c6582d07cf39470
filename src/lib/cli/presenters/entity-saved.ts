import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { fullNameIn } from './entity-list.js';

/** Shows a trigger, rule, package or binding that was changed: `ok: created trigger t`, `ok: enabled rule r` (C-44, C-49). */
export class EntitySavedPresenter implements Presenter {
  constructor(
    private readonly saved: {
      readonly verb: 'created' | 'updated' | 'enabled' | 'disabled';
      readonly thing: 'trigger' | 'rule' | 'package' | 'binding';
      readonly name: string;
      /** The entity as the server answered, JSON text. */
      readonly body: string;
    },
  ) {}

  text(terminal: Terminal): void {
    const { verb, thing, name } = this.saved;
    terminal.ok(`ok: ${verb} ${thing} ${terminal.palette.name(name)}`);
  }

  json(): JsonText {
    return new JsonText(this.saved.body);
  }

  names(): readonly string[] {
    return [fullNameIn(this.saved.body, this.saved.name)];
  }
}
