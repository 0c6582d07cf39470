import type { ContextView } from '../context-catalogue.js';
import type { Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';

/** The contexts as a table; a star marks the current one (§12.2). No key is shown. */
export class ContextListPresenter implements Presenter {
  constructor(private readonly contexts: readonly ContextView[]) {}

  text(terminal: Terminal): void {
    const rows = this.contexts.map(({ name, current, values, source }) => [
      current ? '*' : ' ',
      name,
      values.get('apihost') ?? '-',
      values.get('namespace') ?? '_',
      source,
    ]);
    printTable({ header: [' ', 'Name', 'Host', 'Namespace', 'Source'], rows }, terminal);
  }

  json(): object {
    return this.contexts.map(({ name, current, values, source }) => ({
      name,
      current,
      apihost: values.get('apihost') ?? null,
      namespace: values.get('namespace') ?? '_',
      source,
    }));
  }

  names(): readonly string[] {
    return this.contexts.map(({ name }) => name);
  }
}
