import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { ContextCatalogue } from '../../lib/cli/context-catalogue.js';
import { Outcome } from '../../lib/cli/presenters/outcome.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storeConfig } from '../../lib/cli/store-config.js';
import { checkContextName, removeContext } from '../../lib/config/context-changes.js';

export default class ContextRemove extends RtCommand {
  static override summary = 'Forget a named connection';
  static override args = { name: string({ required: true, description: 'name of the context' }) };
  static override flags = {
    force: boolean({ default: false, char: 'f', summary: 'do not ask, even if it is the current one' }),
  };
  static override argumentsNeeded = 'A context name is required.';
  static override examples = [
    '$ rt context remove ci\nok: removed context ci',
    '$ rt context remove ci --force',
    '$ rt context remove ci --json',
  ];
  static override related = ['context:list', 'logout'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ContextRemove);
    checkContextName(args.name);
    const { current } = await new ContextCatalogue(this.session).get(args.name);
    if (current) await this.confirm(`remove the context ${args.name}, which is in use`, flags.force);
    await storeConfig(this.session, removeContext(args.name));
    await this.present(new Outcome([`removed context ${args.name}`], { name: args.name, removed: true }));
  }
}
