import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { ContextCatalogue } from '../../lib/cli/context-catalogue.js';
import { ContextShownPresenter } from '../../lib/cli/presenters/context-shown.js';
import { RtCommand } from '../../lib/cli/rt-command.js';

export default class ContextShow extends RtCommand {
  static override summary = 'Show a named connection';
  static override args = { name: string({ description: 'name of the context (default: the current one)' }) };
  static override flags = { 'show-secrets': boolean({ default: false, summary: 'show the key in full' }) };
  static override argumentsNeeded = 'At most one context name is expected.';
  static override examples = [
    '$ rt context show ci\nname          ci (current)\napihost       openwhisk.example.org\nauth          23bc…:****\nsource        ~/.config/rt/config.json',
    '$ rt context show ci --show-secrets --json',
    '$ rt context show --json',
  ];
  static override related = ['context:list', 'context:export'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ContextShow);
    const context = await new ContextCatalogue(this.session).get(args.name);
    await this.present(new ContextShownPresenter(context, flags['show-secrets']));
  }
}
