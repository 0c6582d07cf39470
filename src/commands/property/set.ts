import { boolean, string } from '@oclif/core/flags';
import { PropertyChangesPresenter } from '../../lib/cli/presenters/property-changes.js';
import { readStdin } from '../../lib/cli/read-stdin.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storeProperties } from '../../lib/cli/store-properties.js';
import type { PropertyName } from '../../lib/config/properties-file.js';
import { UsageError } from '../../lib/errors/client-errors.js';

export default class PropertySet extends RtCommand {
  static override summary = 'Store settings in .wskprops';
  static override description =
    'The file is the one named by WSK_CONFIG_FILE, else ~/.wskprops. Lines that are not changed stay as they are; the file is readable ' +
    'only for its owner. --auth - reads the key from standard input, so that it does not appear in the list of processes.';
  static override flags = {
    apihost: string({ helpValue: 'HOST', summary: 'API host' }),
    auth: string({ char: 'u', helpValue: 'UUID:KEY', summary: 'authorization key; - reads it from stdin' }),
    apiversion: string({ helpValue: 'VERSION', summary: 'API version' }),
    cert: string({ helpValue: 'FILE', summary: 'client certificate' }),
    key: string({ helpValue: 'FILE', summary: 'key of the client certificate' }),
    namespace: string({ helpValue: 'NAMESPACE', summary: 'namespace to show; requests do not use it' }),
    insecure: boolean({ char: 'i', allowNo: true, summary: 'do not verify TLS certificates' }),
  };
  static override examples = [
    '$ rt property set --apihost https://openwhisk.example.org\nok: whisk API host set to https://openwhisk.example.org',
    "$ rt property set --auth - < key.txt\nok: whisk auth set. Run 'rt property get --auth' to see the new value.",
    '$ rt property set --apiversion v1',
  ];
  static override related = ['property:get', 'property:unset'];

  async run(): Promise<void> {
    const { flags } = await this.parse(PropertySet);
    const changes = new Map<PropertyName, string>();
    for (const name of ['cert', 'key', 'auth', 'apihost', 'apiversion', 'namespace'] as const) {
      const value = flags[name];
      if (value !== undefined) changes.set(name, value);
    }
    if (flags.auth === '-') changes.set('auth', (await readStdin(this.environment.stdin)).trim());
    if (this.session.line.values.has('insecure')) changes.set('insecure', String(flags.insecure));
    if (changes.size === 0) {
      throw new UsageError(
        'nothing to set; give --apihost, --auth, --apiversion, --namespace, --cert, --key or --insecure',
        {
          showUsage: true,
        },
      );
    }
    for (const [name, value] of changes) if (value === '') throw new UsageError(`the value for --${name} is empty`);
    const { place } = await storeProperties(changes, this.session);
    if (changes.has('namespace') && !place.startsWith('context '))
      this.terminal.note('the stored namespace is only shown; requests use that of the key');
    await this.present(new PropertyChangesPresenter(changes, place));
  }
}
