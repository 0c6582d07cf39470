import { string } from '@oclif/core/args';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { objectText, parameterFlags, readParameters } from '../../lib/cli/flags/parameters.js';
import { TriggerFiredPresenter } from '../../lib/cli/presenters/trigger-fired.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { TriggersClient } from '../../lib/client/triggers-client.js';
import { formatFullyQualifiedName } from '../../lib/entity/fully-qualified-name.js';

export default class TriggerFire extends RtCommand {
  static override summary = 'Fire a trigger';
  static override description = 'The actions of its active rules are started; without any there is no activation.';
  static override args = {
    name: string({ required: true, description: 'name of the trigger' }),
  };
  static override flags = parameterFlags;
  static override argumentsNeeded = 'A trigger name is required.';
  static override examples = [
    '$ rt trigger fire t -p place Oslo\nok: triggered /_/t with id 0123456789abcdef0123456789abcdef',
    '$ rt trigger fire t\nok: triggered /_/t without an activation (no active rules)',
    '$ rt trigger fire t -P event.json --json\n{"activationId":"0123456789abcdef0123456789abcdef"}',
  ];
  static override related = ['trigger:create', 'rule:create', 'activation:list'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TriggerFire);
    const typed = parseEntityName(args.name, 'trigger');
    const { parameters, notes } = await readParameters(flags, this.environment);
    for (const note of notes) this.terminal.note(note);
    const triggers = new TriggersClient(await this.connect());
    const name = triggers.resolve(typed);
    const activationId = await triggers.fire(name, objectText(parameters));
    await this.present(new TriggerFiredPresenter({ name: formatFullyQualifiedName(name), activationId }));
  }
}
