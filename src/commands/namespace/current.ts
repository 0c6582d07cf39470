import { CurrentNamespacePresenter } from '../../lib/cli/presenters/namespace-current.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { InfoClient } from '../../lib/client/info-client.js';

export default class NamespaceCurrent extends RtCommand {
  static override summary = 'Show the namespace of the key, the API host and where the key comes from';
  static override argumentsNeeded = 'No arguments are required.';
  static override examples = [
    '$ rt namespace current\nnamespace  guest\nAPI host   http://127.0.0.1:3233 (the local platform)\nkey        from the local platform',
    '$ rt whoami --quiet\nguest',
    '$ rt whoami --json',
  ];
  static override related = ['namespace:list', 'property:get'];

  async run(): Promise<void> {
    await this.parse(NamespaceCurrent);
    const client = await this.connect();
    const namespace = await new InfoClient(client).namespace();
    const { apihost, auth } = client.connection;
    await this.present(new CurrentNamespacePresenter({ namespace, apihost, keySource: auth.source }));
  }
}
