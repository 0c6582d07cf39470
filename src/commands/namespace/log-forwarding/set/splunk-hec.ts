import { string } from '@oclif/core/flags';
import { settingsFromFlags } from '../../../../lib/cli/log-forwarding-settings.js';
import { LogForwardingPresenter } from '../../../../lib/cli/presenters/log-forwarding.js';
import { RtCommand } from '../../../../lib/cli/rt-command.js';
import { LogForwardingClient } from '../../../../lib/client/log-forwarding-client.js';

export default class LogForwardingSetSplunkHec extends RtCommand {
  static override summary = "Forward the logs of the namespace to Splunk's HTTP Event Collector";
  static override flags = {
    host: string({ helpValue: 'HOST', summary: 'host of the collector' }),
    port: string({ helpValue: 'PORT', summary: 'port of the collector' }),
    index: string({ helpValue: 'INDEX', summary: 'index for the events' }),
    'hec-token': string({ helpValue: 'TOKEN', summary: 'token of the collector; - reads it from stdin' }),
  };
  static override argumentsNeeded = 'No arguments are required.';
  static override examples = [
    '$ rt namespace log-forwarding set splunk-hec --host splunk.example.com --port 8088 --index main --hec-token - < token\nok: log forwarding of this namespace is set to splunk_hec',
    '$ rt ns lf set splunk-hec --host splunk.example.com --port 8088 --index main --hec-token TOKEN',
    '$ rt ns lf set splunk-hec --host splunk.example.com --port 8088 --index main --hec-token TOKEN --json',
  ];
  static override related = ['namespace:log-forwarding:get', 'namespace:log-forwarding:set'];

  async run(): Promise<void> {
    const { flags } = await this.parse(LogForwardingSetSplunkHec);
    const settings = await settingsFromFlags('splunk_hec', flags, this.session);
    const body = await new LogForwardingClient(await this.connect()).set('splunk_hec', settings);
    await this.present(new LogForwardingPresenter(body, { destination: 'splunk_hec' }));
  }
}
