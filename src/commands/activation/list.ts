import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseActivationScope } from '../../lib/cli/flags/action-scope.js';
import { activationFilterFlags, recordFilter, timeBounds } from '../../lib/cli/flags/activation-filter.js';
import { listRange, pageFlags } from '../../lib/cli/flags/page-flags.js';
import { ActivationListPresenter } from '../../lib/cli/presenters/activation-list.js';
import { CountPresenter } from '../../lib/cli/presenters/entity-count.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActivationsClient } from '../../lib/client/activations-client.js';
import { readList } from '../../lib/client/list-records.js';
import { UsageError } from '../../lib/errors/client-errors.js';

export default class ActivationList extends RtCommand {
  static override summary = 'List activations, latest first';
  static override args = {
    scope: string({ description: '/NAMESPACE, or the name of an action or trigger' }),
  };
  static override flags = {
    ...pageFlags,
    ...activationFilterFlags,
    full: boolean({ default: false, char: 'f', summary: 'whole records instead of a table' }),
  };
  static override argumentsNeeded = 'At most one namespace or name is expected.';
  static override examples = [
    '$ rt activation list --limit 1\nDatetime            Activation ID                    Kind      Start Duration Status  Entity\n2026-01-31 12:00:00 0123456789abcdef0123456789abcdef nodejs:20 warm  2ms      success guest/hello:0.0.1',
    '$ rt activation list mypackage/hello --since 1h --status failed',
    '$ rt activation list --count\nYou have 3 activations in this namespace.',
  ];
  static override related = ['activation:get', 'activation:logs'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ActivationList);
    if (args.scope !== undefined && flags.action !== undefined) {
      throw new UsageError(`Cannot use --action together with '${args.scope}'`, { showUsage: true });
    }
    const scope = parseActivationScope(flags.action ?? args.scope);
    const bounds = timeBounds(flags, this.environment.clock.now());
    const keep = recordFilter(flags);
    const client = await this.connect();
    const activations = new ActivationsClient({ client, clock: this.environment.clock, signal: this.signal });
    const filter = { ...scope, namespace: activations.namespace(scope.namespace), ...bounds };
    const read = (page: { limit: number; skip: number }) => activations.list(filter, { ...page, docs: flags.full });
    if (flags.count) {
      const everything = { skip: 0, all: true };
      const count =
        keep === undefined ? await activations.count(filter) : (await readList(read, everything, keep)).records.length;
      await this.present(new CountPresenter('activations', count));
      return;
    }
    const list = await readList(read, listRange(flags), keep);
    const wide = this.output.format === 'wide';
    const filtered = [keep, scope.name, ...Object.values(bounds)].some((filter) => filter !== undefined);
    await this.present(new ActivationListPresenter(list, { full: flags.full, wide, filtered }));
  }
}
