import { isAbsolute, join } from 'node:path';
import { boolean, string } from '@oclif/core/flags';
import { durationFlag } from '../../lib/cli/flags/units.js';
import { PlatformResetPresenter } from '../../lib/cli/presenters/platform-reset.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { launcherDeps } from '../../lib/platform/launcher/launcher-deps.js';
import { resetPlatform } from '../../lib/platform/launcher/reset-platform.js';

const halves = ['activations', 'entities'] as const;

export default class PlatformReset extends RtCommand {
  static override summary = 'Take away what the local platform has stored';
  static override description =
    'Stops the platform and moves its store aside; the last three are kept. With --purge everything is removed, also what was moved before.';
  static override flags = {
    force: boolean({ char: 'f', default: false, summary: 'do not ask' }),
    keep: string({ options: [...halves], summary: 'what stays: the activations or the entities' }),
    purge: boolean({ default: false, summary: 'remove instead of moving aside' }),
    'data-dir': string({ helpValue: 'FOLDER', summary: 'the store of platform start --data-dir' }),
    timeout: durationFlag({ default: 10_000, summary: 'time for running activations (default 10s)' }),
  };
  static override examples = [
    '$ rt platform reset --force\nok: moved the local store in /home/me/.local/share/rt/platform to /home/me/.local/share/rt/store.20260101T100000000Z.bak',
    '$ rt platform reset --keep entities --force',
    '$ rt platform reset --purge --force',
  ];
  static override related = ['platform:stop'];

  async run(): Promise<void> {
    const { flags } = await this.parse(PlatformReset);
    const { cwd } = this.environment;
    const dataDir = flags['data-dir'];
    const keep = halves.find((half) => half === flags.keep);
    const verb = flags.purge ? 'remove' : 'move aside';
    await this.confirm(`stop the local platform and ${verb} what it has stored`, flags.force);
    const deps = launcherDeps(this.environment, this.session.program, 30_000);
    const report = await resetPlatform(deps, {
      ...{ purge: flags.purge, timeout: flags.timeout },
      ...(keep === undefined ? {} : { keep }),
      ...(dataDir === undefined ? {} : { dataDir: isAbsolute(dataDir) ? dataDir : join(cwd, dataDir) }),
    });
    await this.present(new PlatformResetPresenter(report));
  }
}
