import type { Finding } from '../doctor/finding.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** What `rt doctor` found: a line for each check, the hint below it (§14.6). */
export class DoctorReport implements Presenter {
  constructor(private readonly findings: readonly Finding[]) {}

  /** Whether a check failed. */
  get failed(): boolean {
    return this.findings.some(({ state }) => state === 'fail');
  }

  text(terminal: Terminal): void {
    const { palette } = terminal;
    const role = { ok: 'ok', warn: 'warning', fail: 'error' } as const;
    for (const { check, state, message, hint: remedy } of this.findings) {
      terminal.answer(`${palette[role[state]](state.padEnd(4))}  ${check.padEnd(9)}  ${message}`);
      if (remedy !== undefined) terminal.answer(`${' '.repeat(17)}${palette.hint('hint:')} ${remedy}`);
    }
  }

  json(): object {
    return { ok: !this.failed, checks: this.findings };
  }
}
