import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseActionName } from '../../lib/cli/flags/action-scope.js';
import { ActionsDeletedPresenter } from '../../lib/cli/presenters/action-deleted.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { deleteActions } from '../../lib/client/delete-actions.js';

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
    const names = typed.map((name) => actions.resolve(name));
    const { deleted, failure } = await deleteActions(names, { ifExists: flags['if-exists'] }, actions);
    // What was deleted before the first failure is told as well; with --json the failure is the only document (C-49).
    if (failure === undefined || this.output.format !== 'json')
      await this.present(new ActionsDeletedPresenter(deleted));
    if (failure !== undefined) throw failure;
  }
}
