import { boolean } from '@oclif/core/flags';
import { PropertyChangesPresenter } from '../../lib/cli/presenters/property-changes.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storeProperties } from '../../lib/cli/store-properties.js';
import type { PropertyName } from '../../lib/config/properties-file.js';
import { UsageError } from '../../lib/errors/client-errors.js';

const names: readonly PropertyName[] = ['cert', 'key', 'auth', 'apihost', 'apiversion', 'namespace', 'insecure'];

export default class PropertyUnset extends RtCommand {
  static override summary = 'Remove settings from .wskprops';
  static override flags = {
    apihost: boolean({ summary: 'the API host' }),
    auth: boolean({ char: 'u', summary: 'the authorization key' }),
    apiversion: boolean({ summary: 'the API version' }),
    cert: boolean({ summary: 'the client certificate' }),
    key: boolean({ summary: 'the key of the client certificate' }),
    namespace: boolean({ summary: 'the namespace' }),
    insecure: boolean({ char: 'i', summary: 'the switch for TLS verification' }),
  };
  static override examples = [
    '$ rt property unset --auth\nok: whisk auth unset; there is no default value that can be used.',
    '$ rt property unset --apiversion\nok: whisk API version unset; the default value of v1 will be used.',
    '$ rt property unset --apihost --auth',
  ];
  static override related = ['property:get', 'property:set'];

  async run(): Promise<void> {
    const { flags } = await this.parse(PropertyUnset);
    const given: Readonly<Record<PropertyName, boolean>> = flags;
    const changes = new Map<PropertyName, undefined>();
    for (const name of names) if (given[name]) changes.set(name, undefined);
    if (changes.size === 0) {
      throw new UsageError(
        'nothing to unset; give --apihost, --auth, --apiversion, --namespace, --cert, --key or --insecure',
        {
          showUsage: true,
        },
      );
    }
    const { place } = await storeProperties(changes, this.session);
    await this.present(new PropertyChangesPresenter(changes, place));
  }
}
