import { type ListRecord, textOf } from '../../client/list-records.js';
import { collectionNames, type NamespaceContents } from '../../client/namespace-contents.js';
import { isJsonObject, type JsonObject, stringifyJson } from '../../entity/json.js';
import { JsonText, type Presenter } from '../presenter.js';
import { printTable } from '../table.js';
import type { Terminal } from '../terminal.js';
import { actionTable } from './action-list.js';
import { compareNames, fullNameOf } from './entity-list.js';
import { packageTable } from './package-list.js';
import { ruleTable } from './rule-list.js';
import { triggerTable } from './trigger-list.js';

const tables = { packages: packageTable, actions: actionTable, triggers: triggerTable, rules: ruleTable };

/** Shows all entities of a namespace, one list after the other (C-46); with `byName` each sorted by name. */
export class NamespaceContentsPresenter implements Presenter {
  private readonly contents: NamespaceContents;

  constructor(
    private readonly namespace: string,
    contents: NamespaceContents,
    options: { readonly byName: boolean },
  ) {
    const sorted = (records: readonly ListRecord[]): readonly ListRecord[] => [...records].sort(compareNames);
    const { packages, actions, triggers, rules } = contents;
    this.contents = options.byName
      ? { packages: sorted(packages), actions: sorted(actions), triggers: sorted(triggers), rules: sorted(rules) }
      : contents;
  }

  text(terminal: Terminal): void {
    // wsk's word for the namespace of the key.
    const name = this.namespace === '_' ? 'default' : this.namespace;
    terminal.answer(`Entities in namespace: ${terminal.palette.name(name)}`);
    const { rules } = this.contents;
    for (const collection of collectionNames) {
      const table = tables[collection];
      const records = this.contents[collection];
      const shown = collection === 'triggers' ? records.map((trigger) => withRules(trigger, rules)) : records;
      printTable({ header: [table.title], rows: shown.map((record) => table.row(record)) }, terminal);
    }
  }

  json(): JsonText {
    return new JsonText(stringifyJson({ namespace: this.namespace, ...this.contents }));
  }

  names(): readonly string[] {
    return collectionNames.flatMap((collection) => this.contents[collection].map(fullNameOf));
  }
}

/** A trigger of a list with its rules, which the list of rules knows. */
function withRules(trigger: ListRecord, rules: readonly ListRecord[]): ListRecord {
  const own = rules.filter((rule) => isNamed(rule['trigger'], textOf(trigger, 'name')));
  const links = own.map((rule): [string, JsonObject] => [fullNameOf(rule), { status: textOf(rule, 'status') ?? '?' }]);
  return { ...trigger, rules: Object.fromEntries(links) };
}

function isNamed(reference: unknown, name: string | undefined): boolean {
  return isJsonObject(reference) && textOf(reference, 'name') === name;
}
