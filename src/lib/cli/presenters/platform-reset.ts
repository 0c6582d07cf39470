import type { ResetReport } from '../../platform/launcher/reset-platform.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** What `platform reset` took away (RS-124). */
export class PlatformResetPresenter implements Presenter {
  constructor(private readonly report: ResetReport) {}

  text(terminal: Terminal): void {
    const { folder, moved, backups } = this.report;
    const backup = backups.at(-1);
    if (moved.length === 0) terminal.ok(`ok: the local store in ${folder} is empty`);
    else if (backup === undefined) terminal.ok(`ok: removed the local store in ${folder}`);
    else terminal.ok(`ok: moved the local store in ${folder} to ${backup}`);
  }

  json(): object {
    return this.report;
  }
}
