import { boolean } from '@oclif/core/flags';
import { durationFlag } from '../../lib/cli/flags/units.js';
import { PlatformStopped } from '../../lib/cli/presenters/platform-stopped.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { stopPlatform } from '../../lib/platform/launcher/stop-platform.js';
import { platformPaths } from '../../lib/platform/platform-paths.js';

export default class PlatformStop extends RtCommand {
  static override summary = 'Stop the local platform';
  static override description = 'Running activations get some time, new ones are refused. What is stored stays.';
  static override flags = {
    force: boolean({
      char: 'f',
      default: false,
      summary: 'end running activations at once, and a platform that hangs',
    }),
    timeout: durationFlag({ default: 10_000, summary: 'time for running activations (default 10s)' }),
  };
  static override examples = [
    '$ rt platform stop\nok: stopped local platform (pid 4711)',
    '$ rt platform stop\nok: local platform is not running',
    '$ rt platform stop --timeout 1m',
  ];
  static override related = ['platform:start', 'platform:status'];

  async run(): Promise<void> {
    const { flags } = await this.parse(PlatformStop);
    const { clock } = this.environment;
    const stopping = stopPlatform({ paths: platformPaths(this.environment), clock }, flags);
    const outcome = await this.session.progress.during('stopping the local platform', stopping);
    await this.present(new PlatformStopped(outcome));
  }
}
