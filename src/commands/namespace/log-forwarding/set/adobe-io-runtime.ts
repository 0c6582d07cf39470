import { LogForwardingPresenter } from '../../../../lib/cli/presenters/log-forwarding.js';
import { RtCommand } from '../../../../lib/cli/rt-command.js';
import { LogForwardingClient } from '../../../../lib/client/log-forwarding-client.js';

export default class LogForwardingSetAdobeIoRuntime extends RtCommand {
  static override summary = 'Keep the logs of the namespace on the platform';
  static override argumentsNeeded = 'No arguments are required.';
  static override examples = [
    '$ rt namespace log-forwarding set adobe-io-runtime\nok: log forwarding of this namespace is set to adobe_io_runtime',
    '$ rt ns lf set adobe-io-runtime --quiet',
    '$ rt ns lf set adobe-io-runtime --json',
  ];
  static override related = ['namespace:log-forwarding:get', 'namespace:log-forwarding:set'];

  async run(): Promise<void> {
    await this.parse(LogForwardingSetAdobeIoRuntime);
    const settings = {};
    const body = await new LogForwardingClient(await this.connect()).set('adobe_io_runtime', settings);
    await this.present(new LogForwardingPresenter(body, { destination: 'adobe_io_runtime' }));
  }
}
