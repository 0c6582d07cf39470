import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { EntityPresenter } from '../../lib/cli/presenters/entity-shown.js';
import { ruleSummary } from '../../lib/cli/presenters/entity-summary.js';
import { entityView } from '../../lib/cli/presenters/entity-view.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { RulesClient } from '../../lib/client/rules-client.js';

export default class RuleGet extends RtCommand {
  static override summary = 'Show a rule';
  static override args = {
    name: string({ required: true, description: 'name of the rule' }),
    field: string({ description: 'only this member; a path such as trigger.name' }),
  };
  static override flags = {
    summary: boolean({ default: false, char: 's', summary: 'name and status' }),
  };
  static override argumentsNeeded = 'A rule name is required.';
  static override examples = [
    '$ rt rule get r status\nok: got rule r, displaying field status\n"active"',
    '$ rt rule get r --summary\nrule /guest/r\n   (status: active)',
    '$ rt rule get /guest/r --json',
  ];
  static override related = ['rule:list', 'rule:status'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(RuleGet);
    const typed = parseEntityName(args.name, 'rule');
    const view = entityView('rule', args.field, flags.summary);
    const rules = new RulesClient(await this.connect());
    const name = rules.resolve(typed);
    const body = await rules.get(name);
    const shown = { thing: 'rule', name: entityName(name), body, view, summary: ruleSummary } as const;
    await this.present(new EntityPresenter(shown));
  }
}
