import { Places } from '../../lib/cli/presenters/places.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { configPath } from '../../lib/config/config-file.js';
import { propertiesPath } from '../../lib/config/properties-row.js';
import { rtHome } from '../../lib/config/rt-home.js';

export default class ConfigPath extends RtCommand {
  static override summary = 'Tell where the files of rt lie';
  static override description =
    'The settings and contexts, the properties file, and the folder of the local platform. Removing all three removes everything that rt has ' +
    'stored.';
  static override argumentsNeeded = 'No argument is expected.';
  static override examples = [
    '$ rt config path\nconfig          /home/me/.config/rt/config.json\nproperties      /home/me/.wskprops\nplatform        /home/me/.local/share/rt',
    '$ rt config path --json',
    '$ rt config path --output yaml',
  ];
  static override related = ['config:list', 'platform:reset'];

  async run(): Promise<void> {
    await this.parse(ConfigPath);
    const properties = await propertiesPath(this.environment);
    const places = {
      config: configPath(this.environment),
      ...(properties === undefined ? {} : { properties }),
      platform: rtHome(this.environment),
    };
    await this.present(new Places(places));
  }
}
