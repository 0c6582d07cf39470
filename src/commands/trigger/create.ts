import { string } from '@oclif/core/args';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { triggerChange, triggerFlags, type TriggerFlagValues } from '../../lib/cli/flags/trigger-flags.js';
import { EntitySavedPresenter } from '../../lib/cli/presenters/entity-saved.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { requireFeed, saveTrigger } from '../../lib/client/save-trigger.js';
import { TriggersClient } from '../../lib/client/triggers-client.js';

/** The words of `trigger create` and `trigger update`, parsed. */
interface ParsedLine {
  readonly args: { readonly name: string };
  readonly flags: TriggerFlagValues;
}

export default class TriggerCreate extends RtCommand {
  static override summary = 'Create a trigger';
  static override description =
    'With --feed the parameters go to the feed, which is told of the trigger; a feed that fails takes the trigger back.';
  static override args = {
    name: string({ required: true, description: 'name of the trigger' }),
  };
  static override flags = triggerFlags;
  static override argumentsNeeded = 'A trigger name is required.';
  static override examples = [
    '$ rt trigger create t -p place Oslo\nok: created trigger t',
    '$ rt trigger create nightly --feed /whisk.system/alarms/alarm -p cron "0 3 * * *"\nok: created trigger nightly',
    '$ rt trigger create t --feed feed -F queue orders -T place Oslo',
  ];
  static override related = ['trigger:update', 'trigger:fire', 'rule:create'];

  protected readonly verb: 'create' | 'update' = 'create';

  async run(): Promise<void> {
    const { args, flags } = await this.line();
    const typed = parseEntityName(args.name, 'trigger');
    const { change, notes } = await triggerChange(flags, this.environment);
    if (this.verb === 'create') requireFeed(change, change.feed);
    for (const note of notes) this.terminal.note(note);
    const client = await this.connect();
    const triggers = new TriggersClient(client);
    const actions = new ActionsClient(client);
    const feed = change.feed === undefined ? {} : { feed: actions.resolve(change.feed) };
    const name = triggers.resolve(typed);
    const body = await saveTrigger(
      { name, change: { ...change, ...feed }, verb: this.verb, hints: this.hints(args.name) },
      { triggers, actions, authKey: client.connection.auth.value },
    );
    const verb = this.verb === 'create' ? 'created' : 'updated';
    await this.present(new EntitySavedPresenter({ verb, thing: 'trigger', name: entityName(name), body }));
  }

  protected line(): Promise<ParsedLine> {
    return this.parse(TriggerCreate);
  }

  private hints(name: string): Readonly<Record<number, string>> {
    return this.verb === 'update' ? {} : { 409: `use 'rt trigger update ${name}' to change it` };
  }
}
