import { string } from '@oclif/core/args';
import { parseNamespaceScope } from '../../lib/cli/flags/entity-names.js';
import { NamespaceLimitsPresenter } from '../../lib/cli/presenters/namespace-limits.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { NamespacesClient } from '../../lib/client/namespaces-client.js';

export default class NamespaceLimits extends RtCommand {
  static override summary = 'Show the limits that are in force in a namespace';
  static override description = 'Memory and logs are in MB, times in milliseconds, rates per minute.';
  static override args = { namespace: string({ description: '/NAMESPACE (default: yours)' }) };
  static override argumentsNeeded = 'An optional namespace is the only valid argument.';
  static override examples = [
    '$ rt namespace limits\nLimit                 Value\ninvocationsPerMinute  60\nconcurrentInvocations 30',
    '$ rt namespace limits /guest',
    '$ rt namespace limits --json',
  ];
  static override related = ['namespace:current', 'kind:list'];

  async run(): Promise<void> {
    const { args } = await this.parse(NamespaceLimits);
    const namespace = parseNamespaceScope(args.namespace);
    const limits = await new NamespacesClient(await this.connect()).limits(namespace);
    await this.present(new NamespaceLimitsPresenter(limits));
  }
}
