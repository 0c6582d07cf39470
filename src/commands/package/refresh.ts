import { string } from '@oclif/core/args';
import { parseNamespaceScope } from '../../lib/cli/flags/entity-names.js';
import { PackagesRefreshedPresenter } from '../../lib/cli/presenters/package-refreshed.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { PackagesClient } from '../../lib/client/packages-client.js';

export default class PackageRefresh extends RtCommand {
  static override summary = 'Refresh package bindings, on platforms that can do that';
  static override args = {
    namespace: string({ description: '/NAMESPACE (default: yours)' }),
  };
  static override argumentsNeeded = 'An optional namespace is the only valid argument.';
  static override examples = [
    "$ rt package refresh\n'_' refreshed successfully\ncreated bindings:\nupdated bindings:\ndeleted bindings:",
    '$ rt package refresh /guest',
    '$ rt package refresh --json',
  ];
  static override related = ['package:bind', 'package:list'];

  async run(): Promise<void> {
    const { args } = await this.parse(PackageRefresh);
    const typed = parseNamespaceScope(args.namespace);
    const packages = new PackagesClient(await this.connect());
    const namespace = packages.namespace(typed);
    await this.present(new PackagesRefreshedPresenter(namespace, await packages.refresh(namespace)));
  }
}
