import { string } from '@oclif/core/args';
import { string as stringFlag } from '@oclif/core/flags';
import { completionScripts } from '../lib/cli/completion/scripts.js';
import { completionShells } from '../lib/cli/completion/shown-candidates.js';
import { shellOf } from '../lib/cli/completion/shell-of.js';
import type { Presenter } from '../lib/cli/presenter.js';
import { RtCommand } from '../lib/cli/rt-command.js';

export default class Completion extends RtCommand {
  static override summary = 'Print the script that completes rt in a shell';
  static override description =
    'Completes topics, commands, flags, values, files, and the names of actions, packages, triggers and rules of the platform. Names are ' +
    'remembered for half a minute; RT_COMPLETE_REMOTE=0 never asks a platform.';
  static override args = {
    shell: string({ description: 'bash, zsh, fish or powershell', options: [...completionShells] }),
  };
  static override flags = {
    shell: stringFlag({ options: [...completionShells], summary: 'the same as the argument' }),
  };
  static override argumentsNeeded = 'One shell is expected: bash, zsh, fish or powershell.';
  static override examples = [
    '$ eval "$(rt completion bash)"',
    '$ rt completion fish | source',
    '$ rt completion powershell | Out-String | Invoke-Expression',
    '$ rt completion zsh > ~/.zfunc/_rt',
  ];
  static override related = ['completion:install', 'commands'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Completion);
    const shell = shellOf(args.shell ?? flags.shell, this.environment.env);
    const script = completionScripts[shell];
    const presenter: Presenter = {
      text: (terminal) => {
        terminal.raw(script);
      },
      json: () => ({ shell, script }),
    };
    await this.present(presenter);
  }
}
