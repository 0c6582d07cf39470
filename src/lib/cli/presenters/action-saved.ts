import { entityName } from '../../client/entity-collection.js';
import { type SavedAction } from '../../client/save-action.js';
import { actionUrl } from '../../client/action-url.js';
import type { WhiskClient } from '../../client/whisk-client.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { fullNameIn } from './entity-list.js';
import { withMember, withoutCode } from './action-document.js';

/** Shows an action that was created or updated (C-44, C-49). */
export class ActionSavedPresenter implements Presenter {
  constructor(
    private readonly result: {
      readonly saved: SavedAction;
      readonly verb: 'created' | 'updated';
      readonly client: WhiskClient;
      /** Whether the URL is shown in text too: the command made it a web action. */
      readonly showUrl: boolean;
    },
  ) {}

  text(terminal: Terminal): void {
    const { saved, verb, showUrl } = this.result;
    const name = terminal.palette.name(entityName(saved.name));
    terminal.ok(saved.existed === true ? `ok: action ${name} already exists` : `ok: ${verb} action ${name}`);
    if (showUrl) terminal.ok(this.url());
  }

  json(): JsonText {
    return new JsonText(withMember(withoutCode(this.result.saved.body), 'url', this.url()));
  }

  names(): readonly string[] {
    const { body, name } = this.result.saved;
    return [fullNameIn(body, entityName(name))];
  }

  private url(): string {
    return actionUrl(this.result.saved.body, this.result.client);
  }
}
