import { string } from '@oclif/core/args';
import { parseActionScope } from '../../lib/cli/flags/action-scope.js';
import { listRange, nameSortFlag, pageFlags } from '../../lib/cli/flags/page-flags.js';
import { actionTable } from '../../lib/cli/presenters/action-list.js';
import { CountPresenter } from '../../lib/cli/presenters/entity-count.js';
import { EntityListPresenter } from '../../lib/cli/presenters/entity-list.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { readList } from '../../lib/client/list-records.js';

export default class ActionList extends RtCommand {
  static override summary = 'List actions, those in packages too';
  static override args = {
    scope: string({ description: '/NAMESPACE, PACKAGE or /NAMESPACE/PACKAGE (default: all of your namespace)' }),
  };
  static override flags = { ...pageFlags, 'name-sort': nameSortFlag };
  static override argumentsNeeded = 'At most one namespace or package is expected.';
  static override examples = [
    '$ rt action list\nactions\n/guest/hello private nodejs:20 - 0.0.1 2026-01-31 12:00:00',
    '$ rt action list mypackage --name-sort',
    '$ rt action list --count\nYou have 3 actions in this namespace.',
  ];
  static override related = ['action:get', 'activation:list'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ActionList);
    const typed = parseActionScope(args.scope);
    const actions = new ActionsClient(await this.connect());
    const scope = { ...typed, namespace: actions.namespace(typed.namespace) };
    if (flags.count) {
      await this.present(new CountPresenter('actions', await actions.count(scope)));
      return;
    }
    const list = await readList((page) => actions.list(scope, page), listRange(flags));
    await this.present(new EntityListPresenter(list, actionTable, { byName: flags['name-sort'] }));
  }
}
