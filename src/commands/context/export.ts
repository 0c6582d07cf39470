import { string } from '@oclif/core/args';
import { string as stringFlag } from '@oclif/core/flags';
import { confirm } from '../../lib/cli/confirm.js';
import { ContextCatalogue } from '../../lib/cli/context-catalogue.js';
import { ContextExport, exportFormats } from '../../lib/cli/presenters/context-export.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ConfigError } from '../../lib/errors/client-errors.js';

export default class ContextExportCommand extends RtCommand {
  static override summary = 'Print a named connection with its key';
  static override description =
    'For a shell (env), a properties file (wskprops) or another machine (json). On a terminal it asks before it shows the key.';
  static override args = { name: string({ description: 'name of the context (default: the current one)' }) };
  static override flags = {
    format: stringFlag({ options: [...exportFormats], default: 'env', summary: 'form of the output' }),
  };
  static override argumentsNeeded = 'At most one context name is expected.';
  static override examples = [
    '$ eval "$(rt context export ci)"',
    '$ rt context export ci --format json > ci.json',
    '$ rt context export ci --format wskprops > .wskprops',
  ];
  static override related = ['context:import'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ContextExportCommand);
    const { name, values } = await new ContextCatalogue(this.session).get(args.name);
    if (!values.has('apihost')) {
      throw new ConfigError(`the context '${name}' has no API host`, {
        hint: name === 'local' ? 'rt platform start' : 'rt property set --apihost HOST',
      });
    }
    if (this.terminal.interactive && values.has('auth')) {
      const what = `show the key of ${name} on the screen`;
      await confirm({ what, agreed: false, session: this.session, flag: '--yes' });
    }
    const format = exportFormats.find((known) => known === flags.format) ?? 'env';
    await this.present(new ContextExport({ name, values }, format));
  }
}
