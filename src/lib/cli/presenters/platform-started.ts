import { isLoopback } from '../../config/apihost.js';
import type { PlatformState } from '../../platform/state-file.js';
import { isolationNote } from '../isolation-note.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** A platform that runs after `platform start` or `restart` (C-74). */
export class PlatformStarted implements Presenter {
  constructor(
    private readonly result: {
      readonly state: PlatformState;
      readonly started: boolean;
      /** Milliseconds that the start took. */
      readonly duration: number;
    },
  ) {}

  text(terminal: Terminal): void {
    const { state, started, duration } = this.result;
    const { url, driver, kinds, pid } = state;
    const seconds = (duration / 1000).toFixed(1);
    terminal.ok(
      started
        ? `ok: local platform ready at ${url} (driver: ${driver}, ${String(kinds)} kinds) in ${seconds} s`
        : `ok: local platform is running at ${url} (pid ${String(pid)})`,
    );
  }

  json(): object {
    const { state, started } = this.result;
    const { url, pid, driver, isolation, kinds, version, dataDir } = state;
    return { running: true, started, ...{ url, pid, driver, isolation, kinds, version }, store: dataDir ?? null };
  }
}

/** What else the user must know of a platform: isolation once per data folder (§1.5), storage (RS-108), exposure (RS-246). */
export function platformWarnings(
  { state, started }: { readonly state: PlatformState; readonly started: boolean },
  terminal: Terminal,
): void {
  if (started && state.firstUse && state.driver === 'process') terminal.note(isolationNote(state));
  if (started && state.driverNote !== undefined) terminal.note(state.driverNote);
  if (started && state.dataDir === undefined) terminal.note('nothing is kept on disk (--ephemeral)');
  if (!isLoopback(new URL(state.url).hostname)) {
    terminal.warn(`other machines can reach the local platform at ${state.url}`);
  }
}
