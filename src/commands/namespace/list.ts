import { NamespaceListPresenter } from '../../lib/cli/presenters/namespace-list.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { NamespacesClient } from '../../lib/client/namespaces-client.js';

export default class NamespaceList extends RtCommand {
  static override summary = 'List the namespaces that the key opens';
  static override argumentsNeeded = 'No arguments are required.';
  static override examples = [
    '$ rt namespace list\nnamespaces\nguest',
    '$ rt namespace list --json\n["guest"]',
    '$ rt namespace list --output name\nguest',
  ];
  static override related = ['namespace:get', 'namespace:current'];

  async run(): Promise<void> {
    await this.parse(NamespaceList);
    const namespaces = await new NamespacesClient(await this.connect()).list();
    await this.present(new NamespaceListPresenter(namespaces));
  }
}
