import { durationFlag } from '../../lib/cli/flags/units.js';
import { PresentedFailure } from '../../lib/cli/presented-failure.js';
import { PlatformStatusPresenter } from '../../lib/cli/presenters/platform-status.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { exitStatus } from '../../lib/errors/exit-status.js';
import { reportPlatform } from '../../lib/platform/launcher/report-platform.js';
import { platformPaths } from '../../lib/platform/platform-paths.js';

export default class PlatformStatus extends RtCommand {
  static override summary = 'Show how the local platform is';
  static override description =
    'Exits with 0 when it runs, 1 when it does not, 5 when it does not answer or is stopping.';
  static override flags = {
    wait: durationFlag({ default: 0, summary: 'wait so long until it runs' }),
  };
  static override examples = [
    '$ rt platform status\nlocal platform: running\nurl:        http://127.0.0.1:3233\npid:        4711\n…',
    '$ rt platform status --wait 10s',
    '$ rt platform status --json',
  ];
  static override related = ['platform:ps', 'platform:logs', 'platform:start'];

  async run(): Promise<void> {
    const { flags } = await this.parse(PlatformStatus);
    const { clock } = this.environment;
    const report = await reportPlatform({ paths: platformPaths(this.environment), clock, wait: flags.wait });
    await this.present(new PlatformStatusPresenter(report));
    if (report.health === 'stopped') throw new PresentedFailure('platform', exitStatus.failed);
    if (report.health === 'silent' || !report.status.ready) throw new PresentedFailure('platform', exitStatus.platform);
  }
}
