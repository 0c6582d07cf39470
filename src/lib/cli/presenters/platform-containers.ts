import type { RuntimeRow } from '../../platform/control-client-documents.js';
import type { Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';
import { ageText } from './platform-sizes.js';

/** The live runtimes of the local platform (cli.md §14.1). */
export class PlatformContainers implements Presenter {
  constructor(private readonly containers: readonly RuntimeRow[]) {}

  text(terminal: Terminal): void {
    const rows = this.containers.map(({ kind, action, state, memory, age, activations, driverId }) => [
      kind,
      action === undefined ? '-' : `/${action}`,
      state,
      `${String(memory)} MB`,
      ageText(age),
      String(activations),
      driverId,
    ]);
    printTable({ header: ['Kind', 'Action', 'State', 'Memory', 'Age', 'Activations', 'Driver id'], rows }, terminal);
  }

  json(): object {
    return this.containers;
  }

  names(): readonly string[] {
    return this.containers.map(({ driverId }) => driverId);
  }
}
