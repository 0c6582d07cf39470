import { string } from '@oclif/core/args';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { EntitySavedPresenter } from '../../lib/cli/presenters/entity-saved.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { RulesClient } from '../../lib/client/rules-client.js';
import { formatFullyQualifiedName } from '../../lib/entity/fully-qualified-name.js';

/** The words of `rule create` and `rule update`, parsed. */
interface ParsedLine {
  readonly args: { readonly name: string; readonly trigger: string; readonly action: string };
}

export default class RuleCreate extends RtCommand {
  static override summary = 'Create a rule: its trigger starts its action';
  static override args = {
    name: string({ required: true, description: 'name of the rule' }),
    trigger: string({ required: true, description: 'name of the trigger' }),
    action: string({ required: true, description: 'name of the action, [PACKAGE/]NAME' }),
  };
  static override argumentsNeeded = 'A rule, trigger and action name are required.';
  static override examples = [
    '$ rt rule create r t hello\nok: created rule r',
    '$ rt rule create nightly-report nightly reports/make',
    '$ rt rule create r /_/t /whisk.system/utils/echo --json',
  ];
  static override related = ['trigger:fire', 'rule:update', 'rule:disable'];

  protected readonly verb: 'create' | 'update' = 'create';

  async run(): Promise<void> {
    const { args } = await this.line();
    const typed = parseEntityName(args.name, 'rule');
    const typedTrigger = parseEntityName(args.trigger, 'trigger');
    const typedAction = parseEntityName(args.action, 'action');
    const client = await this.connect();
    const rules = new RulesClient(client);
    const name = rules.resolve(typed);
    const trigger = formatFullyQualifiedName(rules.resolve(typedTrigger));
    const action = formatFullyQualifiedName(new ActionsClient(client).resolve(typedAction));
    const body = await rules.put(name, JSON.stringify({ trigger, action }), {
      overwrite: this.verb === 'update',
      attempt: { what: `${this.verb} rule '${entityName(name)}'`, hints: this.hints(args) },
    });
    const verb = this.verb === 'create' ? 'created' : 'updated';
    await this.present(new EntitySavedPresenter({ verb, thing: 'rule', name: entityName(name), body }));
  }

  protected line(): Promise<ParsedLine> {
    return this.parse(RuleCreate);
  }

  private hints({ name, trigger, action }: ParsedLine['args']): Readonly<Record<number, string>> {
    return this.verb === 'update' ? {} : { 409: `use 'rt rule update ${name} ${trigger} ${action}' to replace it` };
  }
}
