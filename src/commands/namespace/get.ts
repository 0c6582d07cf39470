import { string } from '@oclif/core/args';
import { parseNamespaceScope } from '../../lib/cli/flags/entity-names.js';
import { nameSortFlag } from '../../lib/cli/flags/page-flags.js';
import { NamespaceContentsPresenter } from '../../lib/cli/presenters/namespace-contents.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { namespaceClients, readContentsOf, withStatuses } from '../../lib/client/namespace-contents.js';

export default class NamespaceGet extends RtCommand {
  static override summary = 'List all packages, actions, triggers and rules of a namespace';
  static override args = { namespace: string({ description: '/NAMESPACE (default: yours)' }) };
  static override flags = { 'name-sort': nameSortFlag };
  static override argumentsNeeded = 'An optional namespace is the only valid argument.';
  static override examples = [
    '$ rt namespace get\nEntities in namespace: default\npackages\nactions\n/guest/hello private nodejs:20 - 0.0.1 2026-01-31 12:00:00\ntriggers\nrules',
    '$ rt list --name-sort',
    '$ rt namespace get /guest --json',
  ];
  static override related = ['namespace:list', 'namespace:clean', 'action:list'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(NamespaceGet);
    const typed = parseNamespaceScope(args.namespace);
    const clients = namespaceClients(await this.connect());
    const namespace = clients.rules.namespace(typed);
    const listed = await readContentsOf(namespace, clients);
    // Names alone need no statuses.
    const { contents, failures } =
      this.output.format === 'name'
        ? { contents: listed, failures: [] }
        : await withStatuses(listed, namespace, clients);
    await this.present(new NamespaceContentsPresenter(namespace, contents, { byName: flags['name-sort'] }));
    for (const failure of failures) this.terminal.warn(failure.message);
  }
}
