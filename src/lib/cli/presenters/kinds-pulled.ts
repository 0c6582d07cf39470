import type { PullReport } from '../../platform/launcher/start-messages.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** The images that `kind pull` has got or made, and those that it has not. */
export class KindsPulled implements Presenter {
  constructor(private readonly report: PullReport) {}

  text(terminal: Terminal): void {
    for (const { kind, image, base } of this.report.done) {
      terminal.ok(`ok: ${base === undefined ? 'pulled' : 'built'} ${image} for ${kind}${base ? ` from ${base}` : ''}`);
    }
    for (const { kind, image, reason } of this.report.failed) terminal.warn(`no image ${image} for ${kind}: ${reason}`);
  }

  json(): object {
    return this.report;
  }
}
