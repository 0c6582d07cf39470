import { string } from '@oclif/core/flags';
import { PlatformEnv, shells } from '../../lib/cli/presenters/platform-env.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { invalidValue } from '../../lib/cli/flags/units.js';

export default class PlatformEnvCommand extends RtCommand {
  static override summary = 'Print the variables by which other programs find the local platform';
  static override description = 'Starts the local platform when it does not run. The key is printed in full.';
  static override flags = {
    shell: string({ default: 'bash', options: [...shells], summary: 'language of the output (default bash)' }),
  };
  static override examples = [
    '$ eval "$(rt platform env)"',
    '$ rt platform env --shell fish | source',
    '$ rt platform env --json',
  ];
  static override related = ['platform:start', 'property:get'];

  async run(): Promise<void> {
    const { flags } = await this.parse(PlatformEnvCommand);
    const shell = shells.find((candidate) => candidate === flags.shell);
    if (shell === undefined) throw invalidValue(flags.shell, 'shell', shells.join(', '));
    const { state, notes } = await this.session.progress.during(
      'starting the local platform',
      this.session.local.ensure(),
    );
    for (const note of notes) this.terminal.note(note);
    await this.present(new PlatformEnv(state, shell));
  }
}
