import { boolean } from '@oclif/core/flags';
import { Outcome } from '../../lib/cli/presenters/outcome.js';
import { projectHost } from '../../lib/cli/project-host.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { storeConfig } from '../../lib/cli/store-config.js';
import { changeTrust } from '../../lib/config/context-changes.js';

export default class ContextTrust extends RtCommand {
  static override summary = 'Let this project choose the API host for your key';
  static override description =
    'A host that a file of the project sets (.env, .rt.json, .aio) is otherwise used only with a key from the project. The trust holds for ' +
    'this file as long as it names this host.';
  static override flags = { revoke: boolean({ default: false, summary: 'trust the project no more' }) };
  static override argumentsNeeded = 'No argument is expected.';
  static override examples = [
    '$ rt context trust\nok: trusting openwhisk.example.org in /home/me/shop/.rt.json',
    '$ rt context trust --revoke',
    '$ rt context trust --json',
  ];
  static override related = ['context:use', 'property:get'];

  async run(): Promise<void> {
    const { flags } = await this.parse(ContextTrust);
    const { file, apihost } = await projectHost(this.session);
    await storeConfig(this.session, changeTrust(file, flags.revoke ? undefined : apihost));
    const line = flags.revoke ? `no longer trusting ${file}` : `trusting ${apihost} in ${file}`;
    await this.present(new Outcome([line], { file, apihost, trusted: !flags.revoke }));
  }
}
