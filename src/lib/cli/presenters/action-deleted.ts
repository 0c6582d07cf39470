import type { DeletedAction } from '../../client/delete-actions.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { withoutCode } from './action-document.js';

/** Shows actions that were deleted (C-44); one document for one, an array for several (C-49). */
export class ActionsDeletedPresenter implements Presenter {
  constructor(private readonly deleted: readonly DeletedAction[]) {}

  text(terminal: Terminal): void {
    for (const { name, body } of this.deleted) {
      const shown = terminal.palette.name(name);
      terminal.ok(body === undefined ? `ok: action ${shown} does not exist` : `ok: deleted action ${shown}`);
    }
  }

  json(): JsonText {
    const documents = this.deleted.map(({ body }) => (body === undefined ? 'null' : withoutCode(body)));
    const [first] = documents;
    return new JsonText(documents.length === 1 && first !== undefined ? first : `[${documents.join(',')}]`);
  }

  names(): readonly string[] {
    return this.deleted.map(({ name }) => name);
  }
}
