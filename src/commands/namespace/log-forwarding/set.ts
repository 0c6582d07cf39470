import { askForSettings } from '../../../lib/cli/log-forwarding-settings.js';
import { LogForwardingPresenter } from '../../../lib/cli/presenters/log-forwarding.js';
import { RtCommand } from '../../../lib/cli/rt-command.js';
import { LogForwardingClient } from '../../../lib/client/log-forwarding-client.js';

export default class LogForwardingSet extends RtCommand {
  static override summary = 'Choose where the logs of the namespace are forwarded to';
  static override description =
    'Asks for the destination and its settings; each destination has a command of its own too.';
  static override argumentsNeeded =
    'The destinations are adobe-io-runtime, azure-log-analytics, splunk-hec and new-relic.';
  static override examples = [
    '$ rt namespace log-forwarding set',
    '$ rt namespace log-forwarding set adobe-io-runtime\nok: log forwarding of this namespace is set to adobe_io_runtime',
    '$ rt ns lf set splunk-hec --host splunk.example.com --port 8088 --index main --hec-token -',
  ];
  static override related = [
    'namespace:log-forwarding:get',
    'namespace:log-forwarding:set:adobe-io-runtime',
    'namespace:log-forwarding:set:splunk-hec',
  ];

  async run(): Promise<void> {
    await this.parse(LogForwardingSet);
    const { destination, settings } = await askForSettings(this.session);
    const body = await new LogForwardingClient(await this.connect()).set(destination, settings);
    await this.present(new LogForwardingPresenter(body, { destination }));
  }
}
