import { string } from '@oclif/core/flags';
import { settingsFromFlags } from '../../../../lib/cli/log-forwarding-settings.js';
import { LogForwardingPresenter } from '../../../../lib/cli/presenters/log-forwarding.js';
import { RtCommand } from '../../../../lib/cli/rt-command.js';
import { LogForwardingClient } from '../../../../lib/client/log-forwarding-client.js';

export default class LogForwardingSetAzureLogAnalytics extends RtCommand {
  static override summary = 'Forward the logs of the namespace to Azure Log Analytics';
  static override flags = {
    'customer-id': string({ helpValue: 'ID', summary: 'id of the workspace' }),
    'shared-key': string({ helpValue: 'KEY', summary: 'key of the workspace; - reads it from stdin' }),
    'log-type': string({ helpValue: 'NAME', summary: 'name of the log' }),
  };
  static override argumentsNeeded = 'No arguments are required.';
  static override examples = [
    '$ rt namespace log-forwarding set azure-log-analytics --customer-id ID --shared-key - --log-type rt < key\nok: log forwarding of this namespace is set to azure_log_analytics',
    '$ rt ns lf set azure-log-analytics --customer-id ID --shared-key KEY --log-type rt',
    '$ rt ns lf set azure-log-analytics --customer-id ID --shared-key KEY --log-type rt --json',
  ];
  static override related = ['namespace:log-forwarding:get', 'namespace:log-forwarding:set'];

  async run(): Promise<void> {
    const { flags } = await this.parse(LogForwardingSetAzureLogAnalytics);
    const settings = await settingsFromFlags('azure_log_analytics', flags, this.session);
    const body = await new LogForwardingClient(await this.connect()).set('azure_log_analytics', settings);
    await this.present(new LogForwardingPresenter(body, { destination: 'azure_log_analytics' }));
  }
}
