import { boolean } from '@oclif/core/flags';
import { PlatformPruned } from '../../lib/cli/presenters/platform-pruned.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { pruneContainers } from '../../lib/platform/launcher/engine-tasks.js';
import { launcherDeps } from '../../lib/platform/launcher/launcher-deps.js';

export default class PlatformPrune extends RtCommand {
  static override summary = 'Remove containers that crashed local platforms have left';
  static override description =
    'Only containers with the label of rt, and only those whose platform on this machine runs no more. The platform of this RT_HOME does it by ' +
    'itself when it starts after a crash.';
  static override flags = {
    force: boolean({ char: 'f', default: false, summary: 'do not ask' }),
  };
  static override examples = [
    '$ rt platform prune --force\nok: removed 2 containers',
    '$ rt platform prune\nremove the containers of local platforms that run no more? (y/N)',
    '$ rt platform prune --force --json',
  ];
  static override related = ['platform:start', 'platform:ps'];

  async run(): Promise<void> {
    const { flags } = await this.parse(PlatformPrune);
    await this.confirm('remove the containers of local platforms that run no more', flags.force);
    const deps = launcherDeps(this.environment, this.session.program, 60_000);
    await this.present(new PlatformPruned(await pruneContainers(deps)));
  }
}
