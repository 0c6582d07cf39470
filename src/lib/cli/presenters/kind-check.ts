import type { KindCheck } from '../../client/kind-check/check-kind.js';
import type { Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';

/** What the checks of a kind have found (cli.md §14.5). */
export class KindCheckPresenter implements Presenter {
  constructor(
    private readonly kind: string,
    private readonly checks: readonly KindCheck[],
  ) {}

  text(terminal: Terminal): void {
    const rows = this.checks.map(({ check, passed, detail }) => [check, passed ? 'ok' : 'failed', detail ?? '-']);
    printTable({ header: ['Check', 'Outcome', 'Detail'], rows }, terminal);
  }

  json(): object {
    return { kind: this.kind, passed: this.checks.every(({ passed }) => passed), checks: this.checks };
  }
}
