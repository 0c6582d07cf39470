import { SettingList } from '../../lib/cli/presenters/rt-settings.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storedConfig } from '../../lib/cli/store-config.js';
import { rtSettingNames, settingSummary } from '../../lib/config/rt-settings.js';

export default class ConfigList extends RtCommand {
  static override summary = 'List the settings of rt';
  static override argumentsNeeded = 'No argument is expected.';
  static override examples = [
    '$ rt config list\noutput          text     form of the answer',
    '$ rt config list --json',
    '$ rt config list --output yaml',
  ];
  static override related = ['config:set', 'property:get'];

  async run(): Promise<void> {
    await this.parse(ConfigList);
    const { settings } = storedConfig(this.session);
    const shown = rtSettingNames.map((name) => ({ name, value: settings.get(name), summary: settingSummary(name) }));
    await this.present(new SettingList(shown));
  }
}
