import { string } from '@oclif/core/args';
import { string as stringFlag } from '@oclif/core/flags';
import { Outcome } from '../../lib/cli/presenters/outcome.js';
import { readContextFile } from '../../lib/cli/read-context-file.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storeConfig } from '../../lib/cli/store-config.js';
import { addContext, contextNameFor } from '../../lib/config/context-changes.js';

export default class ContextImport extends RtCommand {
  static override summary = 'Store a connection from a file';
  static override description =
    'The file is a properties file (.wskprops) or the JSON of rt context export. Without --name the context is called as in the file, ' +
    'else after its host.';
  static override args = {
    file: string({ description: 'file to read; - is standard input (default: the properties file in use)' }),
  };
  static override flags = { name: stringFlag({ helpValue: 'NAME', summary: 'name of the context' }) };
  static override argumentsNeeded = 'At most one file is expected.';
  static override examples = [
    '$ rt context import ci.json\nok: added context ci (openwhisk.example.org)',
    '$ rt context import ~/.wskprops --name old',
    '$ rt context import ci.json --json',
  ];
  static override related = ['context:export', 'context:use'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ContextImport);
    const { name: named, values } = await readContextFile(args.file, this.session);
    const apihost = values.get('apihost') ?? '';
    const name = flags.name ?? named ?? contextNameFor(apihost);
    await storeConfig(this.session, addContext(name, values));
    await this.present(new Outcome([`added context ${name} (${apihost})`], { name, apihost, current: false }));
  }
}
