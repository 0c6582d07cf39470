import { string } from '@oclif/core/args';
import { parseNamespaceScope } from '../../lib/cli/flags/entity-names.js';
import { listRange, nameSortFlag, pageFlags } from '../../lib/cli/flags/page-flags.js';
import { CountPresenter } from '../../lib/cli/presenters/entity-count.js';
import { EntityListPresenter } from '../../lib/cli/presenters/entity-list.js';
import { ruleTable } from '../../lib/cli/presenters/rule-list.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { completeRecords } from '../../lib/client/complete-records.js';
import { readList } from '../../lib/client/list-records.js';
import { RulesClient } from '../../lib/client/rules-client.js';

export default class RuleList extends RtCommand {
  static override summary = 'List rules, latest first';
  static override args = {
    namespace: string({ description: '/NAMESPACE (default: yours)' }),
  };
  static override flags = { ...pageFlags, 'name-sort': nameSortFlag };
  static override argumentsNeeded = 'An optional namespace is the only valid argument.';
  static override examples = [
    '$ rt rule list\nrules\n/guest/r private active /guest/t → /guest/hello',
    '$ rt rule list --name-sort --all',
    '$ rt rule list --count\nYou have 3 rules in this namespace.',
  ];
  static override related = ['rule:get', 'rule:status', 'trigger:list'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(RuleList);
    const typed = parseNamespaceScope(args.namespace);
    const rules = new RulesClient(await this.connect());
    const namespace = rules.namespace(typed);
    if (flags.count) {
      await this.present(new CountPresenter('rules', await rules.count(namespace)));
      return;
    }
    const list = await readList((page) => rules.list(namespace, page), listRange(flags));
    // Lists leave out the status (openwhisk-api.md §6.5), which names alone do not need.
    const read = (name: string) => rules.getForStatus({ namespace, package: '', name });
    const whole = await completeRecords(list.records, this.output.format === 'name' ? undefined : read);
    const shown = { records: whole.records, cut: list.cut };
    await this.present(new EntityListPresenter(shown, ruleTable, { byName: flags['name-sort'] }));
    for (const failure of whole.failures) this.terminal.warn(failure.message);
  }
}
