import { string } from '@oclif/core/args';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { RuleStatusPresenter } from '../../lib/cli/presenters/rule-status.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { RulesClient } from '../../lib/client/rules-client.js';

export default class RuleStatusCommand extends RtCommand {
  static override summary = 'Tell whether a rule is active';
  static override args = {
    name: string({ required: true, description: 'name of the rule' }),
  };
  static override argumentsNeeded = 'A rule name is required.';
  static override examples = [
    '$ rt rule status r\nok: rule r is active',
    '$ rt rule status r --quiet\nactive',
    '$ rt rule status r --json\n{"name":"r","status":"active"}',
  ];
  static override related = ['rule:enable', 'rule:disable'];

  async run(): Promise<void> {
    const { args } = await this.parse(RuleStatusCommand);
    const typed = parseEntityName(args.name, 'rule');
    const rules = new RulesClient(await this.connect());
    const name = rules.resolve(typed);
    await this.present(new RuleStatusPresenter(entityName(name), await rules.getForStatus(name)));
  }
}
