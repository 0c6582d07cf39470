import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** Shows what came of firing a trigger (C-44): the activation, or that no active rule made one. */
export class TriggerFiredPresenter implements Presenter {
  constructor(
    private readonly fired: {
      /** `/ns/name`. */
      readonly name: string;
      readonly activationId: string | undefined;
    },
  ) {}

  text(terminal: Terminal): void {
    const { name, activationId } = this.fired;
    const { palette } = terminal;
    if (activationId === undefined) {
      terminal.ok(`ok: triggered ${palette.name(name)} without an activation (no active rules)`);
    } else if (terminal.quiet) {
      terminal.answer(activationId);
    } else {
      terminal.ok(`ok: triggered ${palette.name(name)} with id ${palette.name(activationId)}`);
    }
  }

  json(): object {
    return { activationId: this.fired.activationId ?? null };
  }

  names(): readonly string[] {
    const { activationId } = this.fired;
    return activationId === undefined ? [] : [activationId];
  }
}
