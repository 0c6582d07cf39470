import { CommandListPresenter } from '../lib/cli/presenters/command-list.js';
import { RtCommand } from '../lib/cli/rt-command.js';

export default class Commands extends RtCommand {
  static override summary = 'List every command';
  static override description =
    'With --json the document also has the aliases, arguments and flags of every command, for tools that make command lines.';
  static override examples = [
    '$ rt commands\nCommand                   Summary\naction create NAME [CODE] Create an action\n…',
    '$ rt commands --output name\naction create\naction delete\n…',
    '$ rt commands --json\n{"commands":[{"command":"action create","summary":"Create an action",…}],…}',
  ];
  static override related = ['completion', 'version'];

  async run(): Promise<void> {
    await this.parse(Commands);
    const catalogue = await this.session.catalogue();
    await this.present(new CommandListPresenter(catalogue, this.output.format === 'wide'));
  }
}
