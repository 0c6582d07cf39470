import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { shownJson, withMemberText, withoutEmptyLists } from './action-document.js';
import { fieldText } from './action-field.js';
import { fullNameIn } from './entity-list.js';
import { type EntityView, fieldsOf } from './entity-view.js';

/** Shows a trigger, rule or package of a `get` (C-44, C-47). */
export class EntityPresenter implements Presenter {
  constructor(
    private readonly shown: {
      readonly thing: 'trigger' | 'rule' | 'package';
      readonly name: string;
      /** The entity as the server answered, JSON text. */
      readonly body: string;
      readonly view: EntityView;
      /** wsk's summary (C-47). */
      readonly summary: (body: string) => string;
      /** What the feed of a trigger says of it, JSON text (C-69). */
      readonly feed?: string | undefined;
    },
  ) {}

  text(terminal: Terminal): void {
    const { thing, name, body, view, summary, feed } = this.shown;
    const got = `ok: got ${thing} ${terminal.palette.name(name)}`;
    switch (view.type) {
      case 'summary':
        terminal.answer(summary(body));
        return;
      case 'field': {
        const value = this.field(view.field);
        terminal.ok(`${got}, displaying field ${view.field}`);
        terminal.answer(shownJson(value));
        return;
      }
      case 'whole':
        terminal.ok(got);
        terminal.answer(shownJson(withoutEmptyLists(body)));
        if (feed !== undefined) terminal.answer(shownJson(feed));
    }
  }

  json(): JsonText {
    const { body, view, feed } = this.shown;
    if (view.type === 'field') return new JsonText(this.field(view.field));
    return new JsonText(feed === undefined ? body : withMemberText(body, 'feed', feed));
  }

  names(): readonly string[] {
    return [fullNameIn(this.shown.body, this.shown.name)];
  }

  private field(field: string): string {
    return fieldText(this.shown.body, field, fieldsOf[this.shown.thing]);
  }
}
