import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { activationSource, activationSourceFlags, recordWait } from '../../lib/cli/flags/activation-source.js';
import { wholeFlag } from '../../lib/cli/flags/units.js';
import { waitOf } from '../../lib/cli/flags/wait-flag.js';
import { ActivationLogsPresenter } from '../../lib/cli/presenters/activation-logs.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActivationsClient } from '../../lib/client/activations-client.js';
import { findActivations } from '../../lib/client/find-activation.js';

export default class ActivationLogs extends RtCommand {
  static override summary = 'Show the log lines of an activation';
  static override description = 'Without an id: of the latest activation, under a title on stderr.';
  static override args = { id: string({ description: 'activation id; not with --last or --action' }) };
  static override flags = {
    ...activationSourceFlags,
    strip: boolean({ default: false, char: 'r', summary: 'without time stamp and stream' }),
    limit: wholeFlag({
      char: 'n',
      exclusive: ['last'],
      summary: 'logs of so many of the latest activations (default 1)',
    }),
  };
  static override argumentsNeeded = 'At most one activation ID is expected.';
  static override examples = [
    '$ rt activation logs --last --strip\ngreeting Bob',
    '$ rt activation logs\n=== activation logs 0123456789abcdef0123456789abcdef hello\n2026-01-31T12:00:00.000Z       stdout: greeting Bob',
    '$ rt activation logs --action hello --limit 3',
  ];
  static override related = ['activation:get', 'activation:result'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ActivationLogs);
    const source = activationSource(args.id, flags) ?? { type: 'latest', namespace: '_' };
    const wait = recordWait(source, waitOf(flags.wait));
    const client = await this.connect();
    const activations = new ActivationsClient({ client, clock: this.environment.clock, signal: this.signal });
    const found = await findActivations(source, flags.limit ?? 1, activations);
    const logs = [];
    // Oldest first, as the lines were written.
    for (const { activationId, name, namespace } of found.toReversed()) {
      logs.push({ activationId, name, document: await activations.get(activationId, 'logs', { namespace, wait }) });
    }
    const titled = source.type === 'latest' && !flags.last;
    await this.present(new ActivationLogsPresenter(logs, { strip: flags.strip, titled }));
  }
}
