import { string } from '@oclif/core/args';
import { activationSource, activationSourceFlags, idRequired } from '../../lib/cli/flags/activation-source.js';
import { waitFlag, waitOf } from '../../lib/cli/flags/wait-flag.js';
import { ActivationEndedPresenter, ActivationPendingPresenter } from '../../lib/cli/presenters/activation-ended.js';
import { failureOfRecord } from '../../lib/cli/presenters/activation-status.js';
import { PresentedFailure } from '../../lib/cli/presented-failure.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActivationsClient } from '../../lib/client/activations-client.js';
import { findActivation } from '../../lib/client/find-activation.js';
import { waitForRecord } from '../../lib/client/wait-for-record.js';
import { exitStatus } from '../../lib/errors/exit-status.js';

export default class ActivationWait extends RtCommand {
  static override summary = 'Wait until an activation has ended';
  static override description =
    'Exits with 0 if it succeeded, with 246 if it failed, and with 202 if it has not ended within the time of --wait.';
  static override args = { id: string({ description: 'activation id; not with --last or --action' }) };
  static override flags = {
    ...activationSourceFlags,
    wait: waitFlag({ summary: 'wait at most this long (default 10m)' }),
  };
  static override argumentsNeeded = 'An activation ID is required.';
  static override examples = [
    '$ rt activation wait 0123456789abcdef0123456789abcdef\nok: activation 0123456789abcdef0123456789abcdef ended: success after 2.5s\n{\n    "greeting": "Hello, Bob!"\n}',
    '$ rt activation wait 0123456789abcdef0123456789abcdef --wait 30m --quiet',
    '$ rt activation wait --last --json',
  ];
  static override related = ['activation:get', 'activation:poll', 'action:invoke'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ActivationWait);
    const source = activationSource(args.id, flags);
    if (source === undefined) throw idRequired();
    const { wait = 0 } = waitOf(flags.wait ?? '');
    const client = await this.connect();
    const activations = new ActivationsClient({ client, clock: this.environment.clock, signal: this.signal });
    const { activationId, namespace } = await findActivation(source, activations);
    const record = await waitForRecord(activationId, { namespace, wait }, activations);
    if (record === undefined) {
      await this.present(new ActivationPendingPresenter(activationId));
      throw new PresentedFailure('pending', exitStatus.pending);
    }
    await this.present(new ActivationEndedPresenter(activationId, record));
    const failure = failureOfRecord(record);
    if (failure !== undefined) throw failure;
  }
}
