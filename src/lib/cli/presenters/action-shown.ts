import { isJsonObject, parseJson } from '../../entity/json.js';
import { actionUrl, isWebAction } from '../../client/action-url.js';
import type { WhiskClient } from '../../client/whisk-client.js';
import { fullNameIn } from './entity-list.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { shownJson, withMember, withoutCode, withoutEmptyLists } from './action-document.js';
import { actionFields, fieldText } from './action-field.js';
import { summaryOf } from './entity-summary.js';

/** What of an action is shown. */
export type ActionView =
  | { readonly type: 'whole' }
  | { readonly type: 'field'; readonly field: string }
  | { readonly type: 'summary' }
  | { readonly type: 'url' };

/** Shows an action of `action get` (C-44, C-47). */
export class ActionPresenter implements Presenter {
  constructor(
    private readonly shown: {
      /** `[pkg/]name`. */
      readonly name: string;
      /** The action as the server answered, JSON text. */
      readonly body: string;
      readonly client: WhiskClient;
      readonly view: ActionView;
      /** Also the forms of a web action's URL with an extension (`--output wide`). */
      readonly wide: boolean;
    },
  ) {}

  text(terminal: Terminal): void {
    const { body, view } = this.shown;
    const got = `ok: got action ${terminal.palette.name(this.shown.name)}`;
    switch (view.type) {
      case 'url':
        terminal.ok(got);
        for (const url of this.urls()) terminal.answer(url);
        return;
      case 'summary':
        terminal.answer(summaryOf('action', body));
        return;
      case 'field': {
        const value = fieldText(body, view.field, actionFields);
        terminal.ok(`${got}, displaying field ${view.field}`);
        terminal.answer(shownJson(value));
        return;
      }
      case 'whole':
        terminal.ok(got);
        terminal.answer(shownJson(withoutEmptyLists(withoutCode(body))));
    }
  }

  json(): JsonText {
    const { body, client, view } = this.shown;
    if (view.type === 'field') return new JsonText(fieldText(body, view.field, actionFields));
    return new JsonText(withMember(withoutCode(body), 'url', actionUrl(body, client)));
  }

  names(): readonly string[] {
    return [fullNameIn(this.shown.body, this.shown.name)];
  }

  private urls(): readonly string[] {
    const { body, client, wide } = this.shown;
    const url = actionUrl(body, client);
    const action = parseJson(body);
    const isWeb = isJsonObject(action) && isWebAction(action);
    return wide && isWeb ? [url, `${url}.json`, `${url}.http`] : [url];
  }
}
