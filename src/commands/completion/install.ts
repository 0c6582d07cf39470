import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { install, planInstallation } from '../../lib/cli/completion/install-completion.js';
import { shellOf } from '../../lib/cli/completion/shell-of.js';
import { completionShells } from '../../lib/cli/completion/shown-candidates.js';
import type { Presenter } from '../../lib/cli/presenter.js';
import { RtCommand } from '../../lib/cli/rt-command.js';

export default class CompletionInstall extends RtCommand {
  static override summary = "Switch the completion on in a shell's own file";
  static override description =
    'Adds two lines to ~/.bashrc, ~/.zshrc or the profile of PowerShell, or writes the completion file of fish. Asks before it does.';
  static override args = {
    shell: string({
      description: 'bash, zsh, fish or powershell (default: from SHELL)',
      options: [...completionShells],
    }),
  };
  static override flags = {
    force: boolean({ default: false, char: 'f', summary: 'do not ask' }),
  };
  static override argumentsNeeded = 'One shell is expected: bash, zsh, fish or powershell.';
  static override examples = [
    '$ rt completion install',
    '$ rt completion install bash --force\nok: completion for bash is in /home/me/.bashrc; it works in new shells',
    '$ rt completion install fish',
  ];
  static override related = ['completion'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(CompletionInstall);
    const shell = shellOf(args.shell, this.environment.env);
    const plan = planInstallation(shell, this.environment);
    if (!plan.present) await this.confirm(`${plan.whole ? 'write' : 'add two lines to'} ${plan.path}`, flags.force);
    install(plan);
    const presenter: Presenter = {
      text: (terminal) => {
        terminal.ok(`ok: completion for ${shell} is in ${terminal.palette.name(plan.path)}; it works in new shells`);
      },
      json: () => ({ shell, path: plan.path, changed: !plan.present }),
    };
    await this.present(presenter);
  }
}
