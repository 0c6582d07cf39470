import { string } from '@oclif/core/args';
import { ContextCatalogue } from '../../lib/cli/context-catalogue.js';
import { Outcome } from '../../lib/cli/presenters/outcome.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storeConfig } from '../../lib/cli/store-config.js';
import { renameContext } from '../../lib/config/context-changes.js';

export default class ContextRename extends RtCommand {
  static override summary = 'Give a named connection another name';
  static override args = {
    old: string({ required: true, description: 'name of the context' }),
    new: string({ required: true, description: 'its new name' }),
  };
  static override argumentsNeeded = 'The old and the new name of the context are required.';
  static override examples = [
    '$ rt context rename ci build\nok: renamed context ci to build',
    '$ rt context rename build ci --json',
    '$ rt context rename old-host new-host',
  ];
  static override related = ['context:list'];

  async run(): Promise<void> {
    const { args } = await this.parse(ContextRename);
    new ContextCatalogue(this.session).check(args.old);
    await storeConfig(this.session, renameContext(args.old, args.new));
    await this.present(
      new Outcome([`renamed context ${args.old} to ${args.new}`], { name: args.new, previousName: args.old }),
    );
  }
}
