import { LogForwardingPresenter } from '../../../lib/cli/presenters/log-forwarding.js';
import { RtCommand } from '../../../lib/cli/rt-command.js';
import { LogForwardingClient } from '../../../lib/client/log-forwarding-client.js';

export default class LogForwardingGet extends RtCommand {
  static override summary = 'Show where the logs of the namespace are forwarded to';
  static override argumentsNeeded = 'No arguments are required.';
  static override examples = [
    '$ rt namespace log-forwarding get\nok: got log forwarding of this namespace\n{\n    "adobe_io_runtime": {}\n}',
    '$ rt ns lf get --json',
    '$ rt ns lf get --output name\nadobe_io_runtime',
  ];
  static override related = ['namespace:log-forwarding:set', 'namespace:log-forwarding:errors', 'activation:logs'];

  async run(): Promise<void> {
    await this.parse(LogForwardingGet);
    await this.present(new LogForwardingPresenter(await new LogForwardingClient(await this.connect()).get()));
  }
}
