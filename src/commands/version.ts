import type { Presenter } from '../lib/cli/presenter.js';
import { RtCommand } from '../lib/cli/rt-command.js';
import { versionText } from '../lib/cli/version-text.js';

export default class Version extends RtCommand {
  static override summary = 'Show the version of rt';
  static override description =
    'Names the version of rt, the operating system with its architecture, and the version of Node.';
  static override examples = [
    '$ rt version\nrt/0.1.0 linux-x64 node-v20.20.2',
    '$ rt --version\nrt/0.1.0 linux-x64 node-v20.20.2',
    '$ rt version --json\n{"rt":"0.1.0","platform":"linux-x64","node":"v20.20.2"}',
  ];
  static override related = ['property:get'];

  async run(): Promise<void> {
    await this.parse(Version);
    const { program } = this.session;
    const { environment } = this;
    const presenter: Presenter = {
      text: (terminal) => {
        terminal.answer(versionText(program, environment));
      },
      json: () => ({
        rt: program.version,
        platform: `${environment.platform}-${environment.arch}`,
        node: environment.nodeVersion,
      }),
    };
    await this.present(presenter);
  }
}
