import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { presentDeletion } from '../../lib/cli/present-deletion.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { deleteEntities, type DeletionTarget } from '../../lib/client/delete-entities.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { RulesClient } from '../../lib/client/rules-client.js';

export default class RuleDelete extends RtCommand {
  static override summary = 'Delete rules';
  static override args = {
    name: string({ required: true, description: 'name of the rule; several are allowed' }),
  };
  static override strict = false;
  static override flags = {
    disable: boolean({ default: false, summary: 'disable the rule first' }),
    force: boolean({ default: false, char: 'f', summary: 'accepted for other programs; nothing is asked here' }),
    'if-exists': boolean({ default: false, summary: 'a rule that does not exist is no error' }),
  };
  static override argumentsNeeded = 'A rule name is required.';
  static override examples = [
    '$ rt rule delete r\nok: deleted rule r',
    '$ rt rule delete r --disable',
    '$ rt rule delete one two --if-exists',
  ];
  static override related = ['rule:list', 'trigger:delete'];

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(RuleDelete);
    const typed = argv.map((word) => parseEntityName(String(word), 'rule'));
    const rules = new RulesClient(await this.connect());
    const targets = typed.map((word): DeletionTarget => {
      const name = rules.resolve(word);
      const remove = async () => {
        if (flags.disable) await rules.setStatus(name, 'inactive');
        return rules.delete(name);
      };
      return { thing: 'rule', name: entityName(name), remove };
    });
    await presentDeletion(await deleteEntities(targets, { ifExists: flags['if-exists'] }), this.session);
  }
}
