import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseActionName } from '../../lib/cli/flags/action-scope.js';
import { presentDeletion } from '../../lib/cli/present-deletion.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { deleteEntities } from '../../lib/client/delete-entities.js';
import { entityName } from '../../lib/client/entity-collection.js';

export default class ActionDelete extends RtCommand {
  static override summary = 'Delete actions';
  static override args = {
    name: string({ required: true, description: 'name of the action; several are allowed' }),
  };
  static override strict = false;
  static override flags = {
    'if-exists': boolean({ default: false, summary: 'an action that does not exist is no error' }),
  };
  static override argumentsNeeded = 'An action name is required.';
  static override examples = [
    '$ rt action delete hello\nok: deleted action hello',
    '$ rt action delete mypackage/one mypackage/two',
    '$ rt action delete hello --if-exists',
  ];
  static override related = ['action:list', 'action:create'];

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(ActionDelete);
    const typed = argv.map((word) => parseActionName(String(word)));
    const actions = new ActionsClient(await this.connect());
    const targets = typed.map((word) => {
      const name = entityName(word);
      const remove = () => actions.delete(actions.resolve(word), { what: `delete action '${name}'` });
      return { thing: 'action' as const, name, remove };
    });
    await presentDeletion(await deleteEntities(targets, { ifExists: flags['if-exists'] }), this.session);
  }
}
