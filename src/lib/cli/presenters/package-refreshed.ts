import { jsonMember, jsonMembers } from '../json-text.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

const lists = [
  ['created', 'added'],
  ['updated', 'updated'],
  ['deleted', 'deleted'],
] as const;

/** Shows which bindings a refresh has changed, in wsk's three lists (C-71). */
export class PackagesRefreshedPresenter implements Presenter {
  constructor(
    private readonly namespace: string,
    /** The answer of the host, JSON text. */
    private readonly body: string,
  ) {}

  text(terminal: Terminal): void {
    terminal.ok(`'${terminal.palette.name(this.namespace)}' refreshed successfully`);
    for (const [title, member] of lists) {
      terminal.answer(`${title} bindings:`);
      for (const name of this.namesIn(member)) terminal.answer(name);
    }
  }

  json(): JsonText {
    return new JsonText(this.body);
  }

  names(): readonly string[] {
    return lists.flatMap(([, member]) => this.namesIn(member));
  }

  private namesIn(member: string): readonly string[] {
    const list = jsonMember(this.body, [member]) ?? '[]';
    return jsonMembers(list).map(({ value }) => String(JSON.parse(value)));
  }
}
