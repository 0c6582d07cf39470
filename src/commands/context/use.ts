import { string } from '@oclif/core/args';
import { ContextCatalogue } from '../../lib/cli/context-catalogue.js';
import { Outcome } from '../../lib/cli/presenters/outcome.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storeConfig, storedConfig } from '../../lib/cli/store-config.js';
import { useContext } from '../../lib/config/context-changes.js';

export default class ContextUse extends RtCommand {
  static override summary = 'Use a named connection from now on';
  static override description =
    'Flags, environment variables and files of the project go before it; rt property get --show-source tells what is in effect. For a ' +
    'single command there is --context NAME, for a shell RT_CONTEXT.';
  static override args = {
    name: string({ required: true, description: 'name of the context; - is the previous one' }),
  };
  static override argumentsNeeded = 'A context name is required.';
  static override examples = [
    '$ rt context use ci\nok: using context ci',
    '$ rt context use -\nok: using context local',
    '$ rt context use local',
  ];
  static override related = ['context:list', 'property:get'];

  async run(): Promise<void> {
    const { args } = await this.parse(ContextUse);
    const contexts = new ContextCatalogue(this.session);
    if (args.name !== '-') contexts.check(args.name);
    await storeConfig(this.session, useContext(args.name));
    const { current = args.name } = storedConfig(this.session);
    const stronger = await contexts.overridden();
    if (stronger !== undefined) this.terminal.note(`${stronger} goes before the context`);
    await this.present(new Outcome([`using context ${current}`], { name: current, current: true }));
  }
}
