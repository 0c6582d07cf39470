import { string } from '@oclif/core/flags';
import { settingsFromFlags } from '../../../../lib/cli/log-forwarding-settings.js';
import { LogForwardingPresenter } from '../../../../lib/cli/presenters/log-forwarding.js';
import { RtCommand } from '../../../../lib/cli/rt-command.js';
import { LogForwardingClient } from '../../../../lib/client/log-forwarding-client.js';

export default class LogForwardingSetNewRelic extends RtCommand {
  static override summary = 'Forward the logs of the namespace to New Relic';
  static override flags = {
    'base-uri': string({ helpValue: 'URI', summary: 'address of the log API' }),
    'license-key': string({ helpValue: 'KEY', summary: 'licence key; - reads it from stdin' }),
  };
  static override argumentsNeeded = 'No arguments are required.';
  static override examples = [
    '$ rt namespace log-forwarding set new-relic --base-uri https://log-api.newrelic.com/log/v1 --license-key - < key\nok: log forwarding of this namespace is set to new_relic',
    '$ rt ns lf set new-relic --base-uri https://log-api.newrelic.com/log/v1 --license-key KEY',
    '$ rt ns lf set new-relic --base-uri https://log-api.newrelic.com/log/v1 --license-key KEY --json',
  ];
  static override related = ['namespace:log-forwarding:get', 'namespace:log-forwarding:set'];

  async run(): Promise<void> {
    const { flags } = await this.parse(LogForwardingSetNewRelic);
    const settings = await settingsFromFlags('new_relic', flags, this.session);
    const body = await new LogForwardingClient(await this.connect()).set('new_relic', settings);
    await this.present(new LogForwardingPresenter(body, { destination: 'new_relic' }));
  }
}
