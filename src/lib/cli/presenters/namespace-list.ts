import type { Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';

/** Shows the names of namespaces (C-46). */
export class NamespaceListPresenter implements Presenter {
  constructor(private readonly namespaces: readonly string[]) {}

  text(terminal: Terminal): void {
    printTable({ header: ['namespaces'], rows: this.namespaces.map((name) => [name]) }, terminal);
  }

  json(): object {
    return this.namespaces;
  }

  names(): readonly string[] {
    return this.namespaces;
  }
}
