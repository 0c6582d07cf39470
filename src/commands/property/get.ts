import { boolean, string } from '@oclif/core/flags';
import { PropertyValues } from '../../lib/cli/presenters/property-values.js';
import { outputFormats } from '../../lib/cli/output-mode.js';
import { PropertyReader, type PropertyRowName } from '../../lib/cli/property-rows.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { settingSources } from '../../lib/cli/setting-sources.js';
import { resolveSettings } from '../../lib/config/settings.js';

const rows: readonly PropertyRowName[] = [
  'cert',
  'key',
  'auth',
  'apihost',
  'apiversion',
  'namespace',
  'cliversion',
  'apibuild',
  'apibuildno',
];

export default class PropertyGet extends RtCommand {
  static override summary = 'Show the settings in effect';
  static override description =
    'Without a flag all settings are shown, the key masked. The build of the platform and the name of the namespace are asked from the ' +
    'API host; when it does not answer they are Unknown.';
  static override flags = {
    all: boolean({ summary: 'all settings' }),
    apihost: boolean({ summary: 'the API host' }),
    auth: boolean({ char: 'u', summary: 'the authorization key, in full' }),
    apiversion: boolean({ summary: 'the API version' }),
    namespace: boolean({ summary: 'the namespace' }),
    cert: boolean({ summary: 'the client certificate' }),
    key: boolean({ summary: 'the key of the client certificate' }),
    cliversion: boolean({ summary: 'the version of rt' }),
    apibuild: boolean({ summary: 'the build of the platform' }),
    apibuildno: boolean({ summary: 'the build number of the platform' }),
    output: string({
      char: 'o',
      options: ['std', 'raw', ...outputFormats],
      summary: 'rows (std), bare values (raw), or a document',
    }),
    'show-source': boolean({ summary: 'where each value comes from' }),
    'show-secrets': boolean({ summary: 'show the key in full' }),
  };
  static override examples = [
    '$ rt property get --apihost\nwhisk API host\t\thttps://openwhisk.example.org',
    '$ rt property get --auth --output raw\n23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP',
    '$ rt property get --show-source\napihost     https://openwhisk.example.org  ~/.wskprops\nauth        23bc…:****  WHISK_AUTH',
  ];
  static override related = ['property:set', 'property:unset'];

  async run(): Promise<void> {
    const { flags } = await this.parse(PropertyGet);
    const named = new Set(flags.all ? [] : rows.filter((name) => flags[name]));
    const reader = new PropertyReader({
      settings: await resolveSettings(settingSources(this.session, new Set(Object.keys(PropertyGet.flags)))),
      version: this.session.program.version,
      local: await this.session.local.read(),
      connect: () => this.connect({ autostart: false }),
    });
    const { rows: found, failure } = await reader.read({ named, showSecrets: flags['show-secrets'] });
    await this.present(new PropertyValues(found, { raw: flags.output === 'raw', sources: flags['show-source'] }));
    if (failure !== undefined) throw failure;
  }
}
