import { actionUpdateFlags } from '../../lib/cli/flags/action-flags.js';
import ActionCreate from './create.js';

export default class ActionUpdate extends ActionCreate {
  static override summary = 'Update an action, or create it if it does not exist';
  static override description =
    'What is not named stays as it is: without a code artifact the code, without parameters the parameters, and so on.';
  static override args = ActionCreate.args;
  static override flags = actionUpdateFlags;
  static override argumentsNeeded = ActionCreate.argumentsNeeded;
  static override examples = [
    '$ rt action update hello hello.js\nok: updated action hello',
    '$ rt action update hello --memory 512MB -a description "says hello"',
    '$ rt action update hello --del-param greeting --web raw',
  ];
  static override related = ['action:create', 'action:get'];

  protected override readonly verb = 'update';

  protected override line() {
    return this.parse(ActionUpdate);
  }
}
