import { boolean } from '@oclif/core/flags';
import { KindsPresenter } from '../../lib/cli/presenters/kinds.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { KindsClient } from '../../lib/client/kinds-client.js';

export default class KindList extends RtCommand {
  static override summary = 'List the runtime kinds that the platform offers';
  static override description =
    'Available says whether the local platform can run the kind now, Missing what it lacks. Other platforms do not tell.';
  static override flags = {
    deprecated: boolean({ summary: 'also kinds that should not be used for new actions' }),
    local: boolean({ summary: 'only kinds that the local platform can run now' }),
  };
  static override examples = [
    '$ rt kind list\nKind      Family Marks   Available Image\nnodejs:20 nodejs default yes       openwhisk/action-nodejs-v20:nightly',
    '$ rt kind list --deprecated',
    '$ rt kind list --json',
  ];
  static override related = ['kind:get'];

  async run(): Promise<void> {
    const { flags } = await this.parse(KindList);
    const client = await this.connect();
    const kinds = await new KindsClient(client).list();
    const shown = kinds.filter(
      (entry) => (flags.deprecated || !entry.deprecated) && (!flags.local || entry.available === true),
    );
    await this.present(new KindsPresenter(shown, this.output.format === 'wide'));
  }
}
