import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** Shows a number of entities (`--count`). */
export class CountPresenter implements Presenter {
  constructor(
    private readonly collection: 'actions' | 'activations' | 'triggers' | 'rules' | 'packages' | 'apis',
    private readonly count: number,
  ) {}

  text(terminal: Terminal): void {
    const noun = this.count === 1 ? this.collection.slice(0, -1) : this.collection;
    terminal.answer(`You have ${String(this.count)} ${noun} in this namespace.`);
  }

  json(): object {
    return { [this.collection]: this.count };
  }
}
