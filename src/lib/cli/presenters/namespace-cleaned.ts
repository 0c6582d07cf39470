import type { NamedThing } from '../../entity/fully-qualified-name.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** An entity that was deleted, or would be. */
interface NamedEntity {
  readonly thing: NamedThing;
  /** Without its namespace. */
  readonly name: string;
}

const things: readonly NamedThing[] = ['rule', 'trigger', 'action', 'package'];

/** Shows what `namespace clean` deleted, or with `dryRun` what it would delete. */
export class NamespaceCleanedPresenter implements Presenter {
  constructor(
    private readonly entities: readonly NamedEntity[],
    private readonly options: { readonly dryRun: boolean },
  ) {}

  text(terminal: Terminal): void {
    const { palette } = terminal;
    if (this.entities.length === 0) terminal.ok('ok: there is nothing to delete');
    for (const entity of this.entities) {
      if (this.options.dryRun) terminal.answer(`would delete ${entity.thing} ${palette.name(entity.name)}`);
      else terminal.ok(`ok: deleted ${entity.thing} ${palette.name(entity.name)}`);
    }
  }

  /** Names by kind, in the order of deletion. */
  json(): object {
    const named = (thing: NamedThing) => this.entities.filter((entity) => entity.thing === thing);
    return Object.fromEntries(things.map((thing) => [`${thing}s`, named(thing).map(({ name }) => name)]));
  }

  names(): readonly string[] {
    return this.entities.map(({ name }) => name);
  }
}

/** What cleaning would do, to complete `this would …` (C-61). */
export function describeCleaning(entities: readonly { readonly thing: NamedThing }[], namespace: string): string {
  const counts = things.flatMap((thing) => {
    const count = entities.filter((entity) => entity.thing === thing).length;
    return count === 0 ? [] : [`${String(count)} ${thing}${count === 1 ? '' : 's'}`];
  });
  const last = counts.pop() ?? '';
  const all = counts.length === 0 ? last : `${counts.join(', ')} and ${last}`;
  return `delete ${all} in ${namespace === '_' ? 'your namespace' : `namespace '${namespace}'`}`;
}
