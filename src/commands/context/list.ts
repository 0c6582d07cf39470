import { ContextCatalogue } from '../../lib/cli/context-catalogue.js';
import { ContextListPresenter } from '../../lib/cli/presenters/context-list.js';
import { RtCommand } from '../../lib/cli/rt-command.js';

export default class ContextList extends RtCommand {
  static override summary = 'List the named connections';
  static override description =
    'local is the local platform, wskprops the properties file; both are always there. The star marks what commands use.';
  static override argumentsNeeded = 'No argument is expected.';
  static override examples = [
    '$ rt context list\n  Name     Host                          Namespace Source\n  local    http://127.0.0.1:3233         _         built in\n* wskprops https://openwhisk.example.org _         ~/.wskprops',
    '$ rt context list --output name',
    '$ rt context list --json',
  ];
  static override related = ['context:use', 'context:show', 'context:add'];

  async run(): Promise<void> {
    await this.parse(ContextList);
    await this.present(new ContextListPresenter(await new ContextCatalogue(this.session).list()));
  }
}
