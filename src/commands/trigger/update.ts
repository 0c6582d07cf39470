import { triggerFlags } from '../../lib/cli/flags/trigger-flags.js';
import TriggerCreate from './create.js';

export default class TriggerUpdate extends TriggerCreate {
  static override summary = 'Update a trigger, or create it if it does not exist';
  static override description =
    'What is not named stays as it is. Parameters of a trigger with a feed go to the feed. --feed connects a trigger that has no feed yet.';
  static override args = TriggerCreate.args;
  static override flags = triggerFlags;
  static override argumentsNeeded = TriggerCreate.argumentsNeeded;
  static override examples = [
    '$ rt trigger update t -p place Bergen\nok: updated trigger t',
    '$ rt trigger update nightly -p cron "0 4 * * *"',
    '$ rt trigger update t --feed /whisk.system/alarms/interval -p minutes 5',
  ];
  static override related = ['trigger:create', 'trigger:get'];

  protected override readonly verb = 'update';

  protected override line() {
    return this.parse(TriggerUpdate);
  }
}
