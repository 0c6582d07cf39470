import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { EntityPresenter } from '../../lib/cli/presenters/entity-shown.js';
import { summaryOf } from '../../lib/cli/presenters/entity-summary.js';
import { entityView } from '../../lib/cli/presenters/entity-view.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { readTrigger } from '../../lib/client/read-trigger.js';
import { TriggersClient } from '../../lib/client/triggers-client.js';

export default class TriggerGet extends RtCommand {
  static override summary = 'Show a trigger, and what its feed says of it';
  static override args = {
    name: string({ required: true, description: 'name of the trigger' }),
    field: string({ description: 'only this member; a path such as parameters.0.value' }),
  };
  static override flags = {
    summary: boolean({ default: false, char: 's', summary: 'description and parameters' }),
    'no-feed': boolean({ default: false, summary: 'do not ask the feed' }),
  };
  static override argumentsNeeded = 'A trigger name is required.';
  static override examples = [
    '$ rt trigger get t parameters\nok: got trigger t, displaying field parameters\n[\n    {\n        "key": "place",\n        "value": "Oslo"\n    }\n]',
    '$ rt trigger get t --summary\ntrigger /guest/t: Returns a result based on parameter place\n   (parameters: *place)',
    '$ rt trigger get nightly --no-feed',
  ];
  static override related = ['trigger:list', 'trigger:update'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TriggerGet);
    const typed = parseEntityName(args.name, 'trigger');
    const view = entityView('trigger', args.field, flags.summary);
    const client = await this.connect();
    const triggers = new TriggersClient(client);
    const name = triggers.resolve(typed);
    const askFeed = view.type === 'whole' && !flags['no-feed'];
    const deps = { triggers, actions: new ActionsClient(client), authKey: client.connection.auth.value };
    const { body, feed, warning } = await readTrigger(name, { askFeed }, deps);
    const summary = (trigger: string) => summaryOf('trigger', trigger);
    await this.present(new EntityPresenter({ thing: 'trigger', name: entityName(name), body, view, summary, feed }));
    if (warning !== undefined) this.terminal.warn(warning);
  }
}
