import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { contextFlags, readContextValues } from '../../lib/cli/flags/context-flags.js';
import { Outcome } from '../../lib/cli/presenters/outcome.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storeConfig } from '../../lib/cli/store-config.js';
import { addContext, checkContextName, useContext } from '../../lib/config/context-changes.js';

export default class ContextAdd extends RtCommand {
  static override summary = 'Store a connection under a name';
  static override description =
    'The host and the key are asked for when they are not given. --auth - reads the key from standard input, so that it does not appear ' +
    'in the list of processes. The key lies in config.json, which only its owner can read.';
  static override args = { name: string({ required: true, description: 'name of the context' }) };
  static override flags = {
    ...contextFlags,
    use: boolean({ default: false, summary: 'use it from now on' }),
  };
  static override argumentsNeeded = 'A context name is required.';
  static override examples = [
    '$ rt context add ci --apihost openwhisk.example.org --auth - < key.txt\nok: added context ci (openwhisk.example.org)',
    '$ rt context add home --apihost https://10.0.0.5 --cacert ca.pem --use',
    '$ rt context add local-copy --apihost http://127.0.0.1:3233 --auth "$KEY"',
  ];
  static override related = ['context:use', 'context:list', 'login'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ContextAdd);
    checkContextName(args.name);
    const values = await readContextValues(flags, this.session);
    const add = addContext(args.name, values);
    const use = useContext(args.name);
    await storeConfig(this.session, (document) => (flags.use ? use(add(document)) : add(document)));
    const apihost = values.get('apihost') ?? '';
    const lines = [`added context ${args.name} (${apihost})`, ...(flags.use ? [`using context ${args.name}`] : [])];
    await this.present(new Outcome(lines, { name: args.name, apihost, current: flags.use }));
  }
}
