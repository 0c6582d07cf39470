import { LogForwardingErrorsPresenter } from '../../../lib/cli/presenters/log-forwarding.js';
import { RtCommand } from '../../../lib/cli/rt-command.js';
import { LogForwardingClient } from '../../../lib/client/log-forwarding-client.js';

export default class LogForwardingErrors extends RtCommand {
  static override summary = 'Show what went wrong with log forwarding lately';
  static override argumentsNeeded = 'No arguments are required.';
  static override examples = [
    '$ rt namespace log-forwarding errors\nok: no errors of log forwarding to adobe_io_runtime',
    '$ rt ns lf errors',
    '$ rt ns lf errors --json',
  ];
  static override related = ['namespace:log-forwarding:get'];

  async run(): Promise<void> {
    await this.parse(LogForwardingErrors);
    await this.present(new LogForwardingErrorsPresenter(await new LogForwardingClient(await this.connect()).errors()));
  }
}
