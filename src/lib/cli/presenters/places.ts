import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** Where the files of rt lie (RS-284). */
export class Places implements Presenter {
  constructor(private readonly places: Readonly<Record<string, string>>) {}

  text(terminal: Terminal): void {
    for (const [name, path] of Object.entries(this.places)) terminal.answer(`${name.padEnd(16)}${path}`);
  }

  json(): object {
    return this.places;
  }
}
