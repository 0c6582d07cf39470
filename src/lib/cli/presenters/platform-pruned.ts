import type { PruneReport } from '../../platform/launcher/start-messages.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** What `platform prune` removed. */
export class PlatformPruned implements Presenter {
  constructor(private readonly report: PruneReport) {}

  text(terminal: Terminal): void {
    const { engine, containers } = this.report;
    const amount = `${String(containers.length)} container${containers.length === 1 ? '' : 's'}`;
    if (engine === undefined) terminal.ok('ok: there is no container engine, and nothing to remove');
    else terminal.ok(containers.length === 0 ? 'ok: nothing is left over' : `ok: removed ${amount}`);
  }

  json(): object {
    const { engine = null, containers } = this.report;
    return { engine, containers };
  }
}
