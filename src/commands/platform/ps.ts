import { PlatformContainers } from '../../lib/cli/presenters/platform-containers.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { listContainers } from '../../lib/platform/launcher/list-containers.js';
import { platformPaths } from '../../lib/platform/platform-paths.js';

export default class PlatformPs extends RtCommand {
  static override summary = 'List the runtimes of the local platform';
  static override description =
    'A runtime without an action is a stem cell: it is ready for the next action of its kind.';
  static override examples = [
    '$ rt platform ps\nKind      Action        State  Memory  Age   Activations  Driver id\nnodejs:20 /guest/hello  idle   256 MB  12 s  3            4715',
    '$ rt platform ps --json',
    '$ rt platform ps --output name',
  ];
  static override related = ['platform:status'];

  async run(): Promise<void> {
    await this.parse(PlatformPs);
    await this.present(new PlatformContainers(await listContainers(platformPaths(this.environment))));
  }
}
