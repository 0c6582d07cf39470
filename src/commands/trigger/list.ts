import { string } from '@oclif/core/args';
import { parseNamespaceScope } from '../../lib/cli/flags/entity-names.js';
import { listRange, nameSortFlag, pageFlags } from '../../lib/cli/flags/page-flags.js';
import { CountPresenter } from '../../lib/cli/presenters/entity-count.js';
import { EntityListPresenter } from '../../lib/cli/presenters/entity-list.js';
import { triggerTable } from '../../lib/cli/presenters/trigger-list.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { completeRecords } from '../../lib/client/complete-records.js';
import { readList } from '../../lib/client/list-records.js';
import { TriggersClient } from '../../lib/client/triggers-client.js';

export default class TriggerList extends RtCommand {
  static override summary = 'List triggers, latest first';
  static override args = {
    namespace: string({ description: '/NAMESPACE (default: yours)' }),
  };
  static override flags = { ...pageFlags, 'name-sort': nameSortFlag };
  static override argumentsNeeded = 'An optional namespace is the only valid argument.';
  static override examples = [
    '$ rt trigger list\ntriggers\n/guest/t private 1 active - 2026-01-31 12:00:00',
    '$ rt trigger list --name-sort --all',
    '$ rt trigger list --count\nYou have 3 triggers in this namespace.',
  ];
  static override related = ['trigger:get', 'rule:list'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TriggerList);
    const typed = parseNamespaceScope(args.namespace);
    const triggers = new TriggersClient(await this.connect());
    const namespace = triggers.namespace(typed);
    if (flags.count) {
      await this.present(new CountPresenter('triggers', await triggers.count(namespace)));
      return;
    }
    const list = await readList((page) => triggers.list(namespace, page), listRange(flags));
    // Lists leave out the rules of a trigger (openwhisk-api.md §6.5), which names alone do not need.
    const read = (name: string) => triggers.get({ namespace, package: '', name });
    const whole = await completeRecords(list.records, this.output.format === 'name' ? undefined : read);
    const shown = { records: whole.records, cut: list.cut };
    await this.present(new EntityListPresenter(shown, triggerTable, { byName: flags['name-sort'] }));
    for (const failure of whole.failures) this.terminal.warn(failure.message);
  }
}
