import type { SettingKey } from '../../config/setting.js';
import type { ContextView } from '../context-catalogue.js';
import type { Presenter } from '../presenter.js';
import { maskKey } from '../redaction.js';
import type { Terminal } from '../terminal.js';

const secret: ReadonlySet<SettingKey> = new Set(['auth', 'apigw_token']);

/** One context, its key masked unless it is asked for (C-60). */
export class ContextShownPresenter implements Presenter {
  constructor(
    private readonly context: ContextView,
    private readonly showSecrets: boolean,
  ) {}

  text(terminal: Terminal): void {
    const { name, current, source } = this.context;
    const rows = [['name', `${name}${current ? ' (current)' : ''}`], ...this.values(), ['source', source]] as const;
    for (const [key, value] of rows) terminal.answer(`${key.padEnd(14)}${terminal.palette.name(value)}`);
  }

  json(): object {
    const { name, current, source } = this.context;
    return { name, current, ...Object.fromEntries(this.values()), source };
  }

  names(): readonly string[] {
    return [this.context.name];
  }

  private values(): readonly (readonly [string, string])[] {
    return [...this.context.values].map(([key, value]) => {
      return [key, secret.has(key) && !this.showSecrets ? maskKey(value) : value] as const;
    });
  }
}
