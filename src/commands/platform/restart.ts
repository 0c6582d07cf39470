import { boolean } from '@oclif/core/flags';
import { platformFlags } from '../../lib/cli/flags/platform-flags.js';
import { durationFlag } from '../../lib/cli/flags/units.js';
import { PlatformStarted, platformWarnings } from '../../lib/cli/presenters/platform-started.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { givenOptions } from '../../lib/platform/launcher/given-options.js';
import { launcherDeps } from '../../lib/platform/launcher/launcher-deps.js';
import { startExplicitly } from '../../lib/platform/launcher/start-explicitly.js';
import { stopPlatform } from '../../lib/platform/launcher/stop-platform.js';

export default class PlatformRestart extends RtCommand {
  static override summary = 'Stop the local platform and start it again';
  static override description =
    'What is stored stays. Options that are not given have their default, as with platform start.';
  static override flags = {
    ...platformFlags,
    force: boolean({ char: 'f', default: false, summary: 'end running activations at once' }),
    timeout: durationFlag({ default: 10_000, summary: 'time for running activations (default 10s)' }),
  };
  static override examples = [
    '$ rt platform restart\nok: local platform ready at http://127.0.0.1:3233 (driver: process, 18 kinds) in 0.6 s',
    '$ rt platform restart --port 3234',
    '$ rt platform restart --force',
  ];
  static override related = ['platform:start', 'platform:stop'];

  async run(): Promise<void> {
    const { flags } = await this.parse(PlatformRestart);
    const { clock } = this.environment;
    const begin = clock.monotonic();
    const given = givenOptions(flags, this.environment);
    const deps = launcherDeps(this.environment, this.session.program, flags.wait);
    const restarting = stopPlatform(deps, flags).then(() => startExplicitly(deps, given, false));
    const ensured = await this.session.progress.during('restarting the local platform', restarting);
    await this.present(new PlatformStarted({ ...ensured, duration: clock.monotonic() - begin }));
    platformWarnings(ensured, this.terminal);
  }
}
