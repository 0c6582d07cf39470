import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { ContextCatalogue } from '../lib/cli/context-catalogue.js';
import { forgetKey } from '../lib/cli/forget-key.js';
import { Outcome } from '../lib/cli/presenters/outcome.js';
import { RtCommand } from '../lib/cli/rt-command.js';
import { storedConfig } from '../lib/cli/store-config.js';
import { UsageError } from '../lib/errors/client-errors.js';

export default class Logout extends RtCommand {
  static override summary = 'Forget the stored key of a connection';
  static override description =
    'The host stays, so that rt login needs only the key again. --all means every context that was added.';
  static override args = { name: string({ description: 'name of the context (default: the current one)' }) };
  static override flags = {
    all: boolean({ default: false, summary: 'the keys of all contexts' }),
    force: boolean({ default: false, char: 'f', summary: 'accepted; nothing is asked' }),
  };
  static override argumentsNeeded = 'At most one context name is expected.';
  static override examples = ['$ rt logout ci\nok: forgot the key of context ci', '$ rt logout --all', '$ rt logout'];
  static override related = ['login', 'context:remove'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Logout);
    if (flags.all && args.name !== undefined) throw new UsageError('Cannot use --all together with a context name');
    const names = flags.all
      ? [...storedConfig(this.session).contexts.keys()]
      : [(await new ContextCatalogue(this.session).get(args.name)).name];
    for (const name of names) await forgetKey(name, this.session);
    const lines = names.map((name) => `forgot the key of context ${name}`);
    await this.present(new Outcome(lines, { contexts: names }));
  }
}
