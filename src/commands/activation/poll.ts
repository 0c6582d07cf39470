import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { timeBounds } from '../../lib/cli/flags/activation-filter.js';
import {
  activationTarget,
  activationTargetFlags,
  agoFlags,
  agoOf,
  intervalFlag,
  intervalOf,
} from '../../lib/cli/flags/activation-target.js';
import { wholeFlag } from '../../lib/cli/flags/units.js';
import { ActivationEventPresenter } from '../../lib/cli/presenters/activation-event.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { watchActivations } from '../../lib/cli/watch-activations.js';
import { ActivationsClient } from '../../lib/client/activations-client.js';

export default class ActivationPoll extends RtCommand {
  static override summary = 'Show activations and their log lines as they end';
  static override description =
    'Goes on until Ctrl-C, or for the time of --exit. Without a time only activations that end from now on are shown.';
  static override args = {
    scope: string({ description: '/NAMESPACE, the name of an action or trigger, or PACKAGE/' }),
  };
  static override flags = {
    ...activationTargetFlags,
    ...agoFlags,
    strip: boolean({ default: false, char: 'r', summary: 'log lines without time stamp and stream' }),
    exit: wholeFlag({ char: 'e', helpValue: 'SECONDS', summary: 'stop after so many seconds' }),
    interval: intervalFlag,
  };
  static override argumentsNeeded = 'At most one namespace, name or package is expected.';
  static override examples = [
    "$ rt activation poll --exit 10\nActivation: 'hello' (0123456789abcdef0123456789abcdef) success 12ms\n2026-01-31T12:00:00.000Z       stdout: greeting Bob",
    '$ rt activation poll mypackage/ --status failed --strip',
    '$ rt activation poll --since-minutes 5 --json',
  ];
  static override related = ['activation:logs', 'activation:list', 'activation:wait'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ActivationPoll);
    const { clock } = this.environment;
    const { scope, keep } = activationTarget(args.scope, flags);
    const ago = agoOf(flags);
    const bounds = {
      ...timeBounds(flags, clock.now()),
      ...(ago === undefined ? {} : { since: Math.max(0, clock.now() - ago) }),
    };
    const client = await this.connect();
    const activations = new ActivationsClient({ client, clock, signal: this.signal });
    const filter = { ...scope, namespace: activations.namespace(scope.namespace), ...bounds };
    const interval = intervalOf(flags.interval);
    const duration = flags.exit === undefined ? undefined : flags.exit * 1000;
    const options = { filter, keep, initial: 0, interval, duration };
    const watch = await watchActivations(options, {
      activations,
      connection: client.connection,
      session: this.session,
    });
    if (!this.terminal.quiet) this.terminal.diagnostic('Polling for activation logs\nEnter Ctrl-c to exit.');
    for await (const record of watch.records()) {
      await this.presentItem(new ActivationEventPresenter(record, { strip: flags.strip }));
    }
  }
}
