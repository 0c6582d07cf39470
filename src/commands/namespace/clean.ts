import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseNamespaceScope } from '../../lib/cli/flags/entity-names.js';
import { describeCleaning, NamespaceCleanedPresenter } from '../../lib/cli/presenters/namespace-cleaned.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { cleanNamespace, doomedEntities } from '../../lib/client/clean-namespace.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { namespaceClients, readContentsOf } from '../../lib/client/namespace-contents.js';

export default class NamespaceClean extends RtCommand {
  static override summary = 'Delete every rule, trigger, action and package of a namespace';
  static override args = { namespace: string({ description: '/NAMESPACE (default: yours)' }) };
  static override flags = {
    force: boolean({ char: 'f', default: false, summary: 'do not ask' }),
    'dry-run': boolean({ default: false, summary: 'only say what would be deleted' }),
  };
  static override argumentsNeeded = 'An optional namespace is the only valid argument.';
  static override examples = [
    '$ rt namespace clean --dry-run\nwould delete action hello',
    '$ rt namespace clean --force\nok: deleted action hello',
    '$ rt namespace clean /guest --force --json',
  ];
  static override related = ['namespace:get', 'platform:reset', 'package:delete'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(NamespaceClean);
    const typed = parseNamespaceScope(args.namespace);
    const client = await this.connect();
    const clients = namespaceClients(client);
    const namespace = clients.rules.namespace(typed);
    const doomed = doomedEntities(await readContentsOf(namespace, clients), namespace);
    if (flags['dry-run'] || doomed.length === 0) {
      const named = doomed.map(({ thing, name }) => ({ thing, name: entityName(name) }));
      return this.present(new NamespaceCleanedPresenter(named, { dryRun: true }));
    }
    await this.confirm(describeCleaning(doomed, namespace), flags.force);
    const deps = { ...clients, authKey: client.connection.auth.value };
    const { deleted, warnings, failure } = await cleanNamespace(doomed, deps);
    for (const warning of warnings) this.terminal.warn(warning);
    if (failure === undefined || this.output.format !== 'json') {
      await this.present(new NamespaceCleanedPresenter(deleted, { dryRun: false }));
    }
    if (failure !== undefined) throw failure;
  }
}
