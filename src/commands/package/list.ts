import { string } from '@oclif/core/args';
import { parseNamespaceScope } from '../../lib/cli/flags/entity-names.js';
import { listRange, nameSortFlag, pageFlags } from '../../lib/cli/flags/page-flags.js';
import { CountPresenter } from '../../lib/cli/presenters/entity-count.js';
import { EntityListPresenter } from '../../lib/cli/presenters/entity-list.js';
import { packageTable } from '../../lib/cli/presenters/package-list.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { readList } from '../../lib/client/list-records.js';
import { PackagesClient } from '../../lib/client/packages-client.js';

export default class PackageList extends RtCommand {
  static override summary = 'List packages and bindings, latest first';
  static override args = {
    namespace: string({ description: '/NAMESPACE (default: yours); of others the shared packages' }),
  };
  static override flags = { ...pageFlags, 'name-sort': nameSortFlag };
  static override argumentsNeeded = 'An optional namespace is the only valid argument.';
  static override examples = [
    '$ rt package list\npackages\n/guest/mypackage private package 0.0.1 2026-01-31 12:00:00',
    '$ rt package list /whisk.system --name-sort',
    '$ rt package list --count\nYou have 3 packages in this namespace.',
  ];
  static override related = ['package:get', 'action:list'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PackageList);
    const typed = parseNamespaceScope(args.namespace);
    const packages = new PackagesClient(await this.connect());
    const namespace = packages.namespace(typed);
    if (flags.count) {
      await this.present(new CountPresenter('packages', await packages.count(namespace)));
      return;
    }
    const list = await readList((page) => packages.list(namespace, page), listRange(flags));
    await this.present(new EntityListPresenter(list, packageTable, { byName: flags['name-sort'] }));
  }
}
