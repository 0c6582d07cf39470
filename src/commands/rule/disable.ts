import { string } from '@oclif/core/args';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { showsDocument } from '../../lib/cli/output-mode.js';
import { EntitySavedPresenter } from '../../lib/cli/presenters/entity-saved.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { RulesClient } from '../../lib/client/rules-client.js';

export default class RuleDisable extends RtCommand {
  static override summary = 'Disable a rule: its trigger no longer starts its action';
  static override args = {
    name: string({ required: true, description: 'name of the rule' }),
  };
  static override argumentsNeeded = 'A rule name is required.';
  static override examples = [
    '$ rt rule disable r\nok: disabled rule r',
    '$ rt rule disable /guest/r',
    '$ rt rule disable r --quiet',
  ];
  static override related = ['rule:enable', 'rule:status'];

  async run(): Promise<void> {
    const { args } = await this.parse(RuleDisable);
    const typed = parseEntityName(args.name, 'rule');
    const rules = new RulesClient(await this.connect());
    const name = rules.resolve(typed);
    await rules.setStatus(name, 'inactive');
    // The host answers with a word; only documents and full names need the rule itself.
    const needed = showsDocument(this.output) || this.output.format === 'name';
    const body = needed ? await rules.get(name) : '';
    await this.present(new EntitySavedPresenter({ verb: 'disabled', thing: 'rule', name: entityName(name), body }));
  }
}
