import { string } from '@oclif/core/args';
import { checkSettingName } from '../../lib/cli/flags/rt-setting.js';
import { SettingValue } from '../../lib/cli/presenters/rt-settings.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storedConfig } from '../../lib/cli/store-config.js';

export default class ConfigGet extends RtCommand {
  static override summary = 'Print a setting of rt; nothing when it is not set';
  static override args = { key: string({ required: true, description: 'name of the setting' }) };
  static override argumentsNeeded = 'The name of a setting is required.';
  static override examples = [
    '$ rt config get limit\n100',
    '$ rt config get output --json',
    '$ rt config get platform.port',
  ];
  static override related = ['config:list', 'config:set'];

  async run(): Promise<void> {
    const { args } = await this.parse(ConfigGet);
    checkSettingName(args.key);
    await this.present(new SettingValue(args.key, storedConfig(this.session).settings.get(args.key)));
  }
}
