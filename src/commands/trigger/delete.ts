import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { presentDeletion } from '../../lib/cli/present-deletion.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { deleteEntities, type DeletionTarget } from '../../lib/client/delete-entities.js';
import { deleteTrigger } from '../../lib/client/delete-trigger.js';
import { entityName } from '../../lib/client/entity-collection.js';
import { TriggersClient } from '../../lib/client/triggers-client.js';

export default class TriggerDelete extends RtCommand {
  static override summary = 'Delete triggers, and take them from their feeds';
  static override args = {
    name: string({ required: true, description: 'name of the trigger; several are allowed' }),
  };
  static override strict = false;
  static override flags = {
    'no-feed': boolean({ default: false, summary: 'do not tell the feed' }),
    'if-exists': boolean({ default: false, summary: 'a trigger that does not exist is no error' }),
  };
  static override argumentsNeeded = 'A trigger name is required.';
  static override examples = [
    '$ rt trigger delete t\nok: deleted trigger t',
    '$ rt trigger delete nightly hourly --if-exists',
    '$ rt trigger delete broken --no-feed',
  ];
  static override related = ['trigger:list', 'rule:delete'];

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(TriggerDelete);
    const typed = argv.map((word) => parseEntityName(String(word), 'trigger'));
    const client = await this.connect();
    const triggers = new TriggersClient(client);
    const deps = { triggers, actions: new ActionsClient(client), authKey: client.connection.auth.value };
    const tellFeed = !flags['no-feed'];
    const targets = typed.map((word): DeletionTarget => {
      const name = triggers.resolve(word);
      const remove: DeletionTarget['remove'] = (report) => deleteTrigger(name, { tellFeed, report }, deps);
      return { thing: 'trigger', name: entityName(name), remove };
    });
    await presentDeletion(await deleteEntities(targets, { ifExists: flags['if-exists'] }), this.session);
  }
}
