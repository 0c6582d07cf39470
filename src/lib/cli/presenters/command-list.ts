import type { CommandCatalogue, CommandEntry } from '../command-catalogue.js';
import type { Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';

/** Every command of the program: a line each, or with flags and aliases as JSON. */
export class CommandListPresenter implements Presenter {
  constructor(
    private readonly catalogue: CommandCatalogue,
    private readonly wide: boolean,
  ) {}

  text(terminal: Terminal): void {
    const header = ['Command', ...(this.wide ? ['Aliases'] : []), 'Summary'];
    const cells = (entry: CommandEntry): readonly string[] => [
      [entry.command, ...entry.args.map(({ name, required }) => (required ? name : `[${name}]`).toUpperCase())].join(
        ' ',
      ),
      ...(this.wide ? [entry.aliases.join(', ') || '-'] : []),
      entry.summary,
    ];
    printTable({ header, rows: this.catalogue.commands.map(cells) }, terminal);
  }

  json(): object {
    return this.catalogue;
  }

  names(): readonly string[] {
    return this.catalogue.commands.map(({ command }) => command);
  }
}
