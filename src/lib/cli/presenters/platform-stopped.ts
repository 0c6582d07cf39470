import type { StopOutcome } from '../../platform/launcher/stop-platform.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** What `platform stop` did. Nothing to stop is a success too (cli.md §14.1). */
export class PlatformStopped implements Presenter {
  constructor(private readonly outcome: StopOutcome) {}

  text(terminal: Terminal): void {
    const { stopped, pid } = this.outcome;
    terminal.ok(stopped ? `ok: stopped local platform (pid ${String(pid)})` : 'ok: local platform is not running');
  }

  json(): object {
    return { running: false, ...this.outcome };
  }
}
