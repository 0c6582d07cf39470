import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { type LogsSource, logsSource, logsSourceFlags } from '../../lib/cli/flags/activation-logs-source.js';
import { recordWait } from '../../lib/cli/flags/activation-source.js';
import { intervalFlag, intervalOf } from '../../lib/cli/flags/activation-target.js';
import { waitFlag, waitOf } from '../../lib/cli/flags/wait-flag.js';
import { ActivationLogsPresenter, hasLines, logsOfRecord } from '../../lib/cli/presenters/activation-logs.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { watchActivations } from '../../lib/cli/watch-activations.js';
import { readActivationLogs } from '../../lib/client/activation-logs.js';
import { ActivationsClient } from '../../lib/client/activations-client.js';
import { isOfAction } from '../../lib/client/find-activation.js';
import { LogForwardingClient } from '../../lib/client/log-forwarding-client.js';
import type { WhiskClient } from '../../lib/client/whisk-client.js';

export default class ActivationLogs extends RtCommand {
  static override summary = 'Show the log lines of activations';
  static override description =
    'Without an id: of the latest activation, under a title on stderr. With --follow it goes on until Ctrl-C.';
  static override args = { id: string({ description: 'activation id; not with flags that choose activations' }) };
  static override flags = {
    ...logsSourceFlags,
    strip: boolean({ default: false, char: 'r', summary: 'without time stamp and stream' }),
    follow: boolean({
      default: false,
      char: 't',
      aliases: ['tail', 'watch', 'poll'],
      charAliases: ['w', 'o'],
      summary: 'go on with activations as they end',
    }),
    interval: intervalFlag,
    wait: waitFlag({ summary: 'wait this long for a record that is not written yet (default 2s)' }),
  };
  static override argumentsNeeded = 'At most one activation ID is expected.';
  static override examples = [
    '$ rt activation logs --last --strip\ngreeting Bob',
    '$ rt activation logs\n=== activation logs 0123456789abcdef0123456789abcdef hello\n2026-01-31T12:00:00.000Z       stdout: greeting Bob',
    '$ rt activation logs --action hello --limit 3',
    '$ rt activation logs --follow --package mypackage',
  ];
  static override related = ['activation:get', 'activation:poll', 'activation:result'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ActivationLogs);
    const source = logsSource(args.id, flags, this.environment.clock.now());
    const wait = recordWait(source.wanted, waitOf(flags.wait));
    const client = await this.connect();
    const activations = new ActivationsClient({ client, clock: this.environment.clock, signal: this.signal });
    if (flags.follow) return this.follow(source, { ...flags, client, activations });
    const logs = await readActivationLogs(source.wanted, { count: source.count, wait }, activations);
    await this.present(new ActivationLogsPresenter(logs, { strip: flags.strip, titled: source.titled }));
    if (!logs.some(hasLines)) await this.tellForwarding(client);
  }

  private async follow(
    { wanted, count, titled }: LogsSource,
    how: { strip: boolean; interval: number; client: WhiskClient; activations: ActivationsClient },
  ): Promise<void> {
    const { client, activations, strip } = how;
    if (wanted.type === 'id') return;
    const { type: _type, keep, ...scope } = wanted;
    const filter = { ...scope, namespace: activations.namespace(wanted.namespace) };
    await this.tellForwarding(client);
    const watch = await watchActivations(
      {
        filter,
        keep: (record) => isOfAction(record) && keep?.(record) !== false,
        initial: count,
        interval: intervalOf(how.interval),
      },
      { activations, connection: client.connection, session: this.session },
    );
    for await (const record of watch.records()) {
      await this.presentItem(new ActivationLogsPresenter([logsOfRecord(record)], { strip, titled }));
    }
  }

  /** Says where to look when the logs do not stay on the platform (C-68). The local platform keeps them in any case. */
  private async tellForwarding(client: WhiskClient): Promise<void> {
    if (client.connection.local) return;
    const destination = await new LogForwardingClient(client).foreignDestination();
    if (destination !== undefined) {
      this.terminal.note(`the logs of this namespace are forwarded to ${destination}; look for them there`);
    }
  }
}
