import type { DeletedEntity } from '../../client/delete-entities.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { withoutCode } from './action-document.js';
import { fullNameIn } from './entity-list.js';

/** Shows entities that were deleted (C-44); one document for one, an array for several, of those that were named (C-49). */
export class EntitiesDeletedPresenter implements Presenter {
  constructor(private readonly deleted: readonly DeletedEntity[]) {}

  text(terminal: Terminal): void {
    for (const { thing, name, body, incidental } of this.deleted) {
      const shown = terminal.palette.name(name);
      const existed = body !== undefined || incidental === true;
      terminal.ok(existed ? `ok: deleted ${thing} ${shown}` : `ok: ${thing} ${shown} does not exist`);
    }
  }

  json(): JsonText {
    const named = this.deleted.filter(({ incidental }) => incidental !== true);
    const documents = named.map(({ body }) => (body === undefined ? 'null' : withoutCode(body)));
    const [first] = documents;
    return new JsonText(documents.length === 1 && first !== undefined ? first : `[${documents.join(',')}]`);
  }

  names(): readonly string[] {
    return this.deleted.map(({ name, body }) => (body === undefined ? name : fullNameIn(body, name)));
  }
}
