import { string } from '@oclif/core/args';
import { checkSettingName } from '../../lib/cli/flags/rt-setting.js';
import { Outcome } from '../../lib/cli/presenters/outcome.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storeConfig } from '../../lib/cli/store-config.js';
import { changeSetting } from '../../lib/config/context-changes.js';

export default class ConfigUnset extends RtCommand {
  static override summary = 'Take a setting of rt back to its default';
  static override args = { key: string({ required: true, description: 'name of the setting' }) };
  static override argumentsNeeded = 'The name of a setting is required.';
  static override examples = [
    '$ rt config unset limit\nok: limit unset',
    '$ rt config unset output',
    '$ rt config unset platform.port --json',
  ];
  static override related = ['config:list', 'config:set'];

  async run(): Promise<void> {
    const { args } = await this.parse(ConfigUnset);
    checkSettingName(args.key);
    await storeConfig(this.session, changeSetting(args.key, undefined));
    await this.present(new Outcome([`${args.key} unset`], { [args.key]: null }));
  }
}
