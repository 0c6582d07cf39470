import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import {
  activationSource,
  activationSourceFlags,
  idRequired,
  recordWait,
} from '../../lib/cli/flags/activation-source.js';
import { waitOf } from '../../lib/cli/flags/wait-flag.js';
import { resultOf, ResultPresenter } from '../../lib/cli/presenters/activation-shown.js';
import { failureOfRecord } from '../../lib/cli/presenters/activation-status.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActivationsClient } from '../../lib/client/activations-client.js';
import { findActivation } from '../../lib/client/find-activation.js';

export default class ActivationResult extends RtCommand {
  static override summary = 'Show the result of an activation';
  static override args = { id: string({ description: 'activation id; not with --last or --action' }) };
  static override flags = {
    ...activationSourceFlags,
    'exit-status': boolean({ default: false, summary: 'exit with 246 if the activation failed' }),
  };
  static override argumentsNeeded = 'An activation ID is required.';
  static override examples = [
    '$ rt activation result --last\n{\n    "greeting": "Hello, Bob!"\n}',
    '$ rt activation result 0123456789abcdef0123456789abcdef',
    '$ rt activation result --action hello --exit-status',
  ];
  static override related = ['activation:get', 'activation:logs', 'action:invoke'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ActivationResult);
    const source = activationSource(args.id, flags);
    if (source === undefined) throw idRequired();
    const wait = recordWait(source, waitOf(flags.wait));
    const client = await this.connect();
    const activations = new ActivationsClient({ client, clock: this.environment.clock, signal: this.signal });
    const { activationId, namespace } = await findActivation(source, activations);
    const response = await activations.get(activationId, 'result', { namespace, wait });
    await this.present(new ResultPresenter(resultOf(response, ['result'])));
    const failure = flags['exit-status'] ? failureOfRecord(response) : undefined;
    if (failure !== undefined) throw failure;
  }
}
