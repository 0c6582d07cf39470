import { string } from '@oclif/core/args';
import { checkSettingName, checkSettingValue } from '../../lib/cli/flags/rt-setting.js';
import { Outcome } from '../../lib/cli/presenters/outcome.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storeConfig } from '../../lib/cli/store-config.js';
import { changeSetting } from '../../lib/config/context-changes.js';

export default class ConfigSet extends RtCommand {
  static override summary = 'Change a setting of rt';
  static override description =
    'Flags and environment variables go before settings. rt config list shows what there is.';
  static override args = {
    key: string({ required: true, description: 'name of the setting' }),
    value: string({ required: true, description: 'its value' }),
  };
  static override argumentsNeeded = 'The name and the value of a setting are required.';
  static override examples = [
    '$ rt config set limit 100\nok: limit set to 100',
    '$ rt config set output json',
    '$ rt config set platform.port 3300',
  ];
  static override related = ['config:list', 'config:unset'];

  async run(): Promise<void> {
    const { args } = await this.parse(ConfigSet);
    checkSettingName(args.key);
    checkSettingValue(args.key, args.value);
    await storeConfig(this.session, changeSetting(args.key, args.value));
    await this.present(new Outcome([`${args.key} set to ${args.value}`], { [args.key]: args.value }));
  }
}
