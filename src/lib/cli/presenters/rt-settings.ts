import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** A setting of rt, `value` undefined when it is not set. */
export interface ShownSetting {
  readonly name: string;
  readonly value: string | undefined;
  readonly summary: string;
}

/** The settings of rt and what they are for. */
export class SettingList implements Presenter {
  constructor(private readonly settings: readonly ShownSetting[]) {}

  text(terminal: Terminal): void {
    for (const { name, value, summary } of this.settings) {
      terminal.answer(
        `${name.padEnd(16)}${terminal.palette.name((value ?? '-').padEnd(8))} ${terminal.palette.dim(summary)}`,
      );
    }
  }

  json(): object {
    return Object.fromEntries(this.settings.map(({ name, value }) => [name, value ?? null]));
  }

  names(): readonly string[] {
    return this.settings.map(({ name }) => name);
  }
}

/** The value of one setting, for a script. */
export class SettingValue implements Presenter {
  constructor(
    private readonly name: string,
    private readonly value: string | undefined,
  ) {}

  text(terminal: Terminal): void {
    if (this.value !== undefined) terminal.answer(this.value);
  }

  json(): object {
    return { [this.name]: this.value ?? null };
  }
}
