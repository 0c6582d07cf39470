import { boolean, string } from '@oclif/core/flags';
import { projectArgs, projectFlags } from '../../lib/cli/flags/project-flags.js';
import { invalidValue } from '../../lib/cli/flags/units.js';
import { PresentedFailure } from '../../lib/cli/presented-failure.js';
import { diagnosticFormats, ProjectValidated } from '../../lib/cli/presenters/project-validated.js';
import { ProjectCommand } from '../../lib/cli/project-command.js';
import { exitStatus } from '../../lib/errors/exit-status.js';
import { readProject } from '../../lib/project/load-project.js';

export default class ProjectValidate extends ProjectCommand {
  static override summary = 'Check a project without deploying it';
  static override description =
    'Reads the manifest, the deployment file and the code, and lists everything that is wrong with them. Nothing is asked or sent. Exits with 2 ' +
    'when there is an error.';
  static override args = projectArgs;
  static override flags = {
    ...projectFlags,
    format: string({ default: 'text', options: [...diagnosticFormats], summary: 'form of the list (default text)' }),
    strict: boolean({ default: false, summary: 'kinds are not checked, an API needs an action that is web already' }),
    'allow-unset': boolean({ default: false, summary: 'variables that are not set count as empty' }),
    'warnings-as-errors': boolean({ default: false, summary: 'fail for warnings too' }),
  };
  static override argumentsNeeded = 'At most one project folder is expected.';
  static override examples = [
    '$ rt project validate\nok: the project is valid: 2 packages, 8 actions, 2 triggers, 2 rules, 2 routes',
    '$ rt project validate shop --mode staging --param stage test',
    '$ rt project validate --format github',
  ];
  static override related = ['project:report'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ProjectValidate);
    const format = diagnosticFormats.find((candidate) => candidate === flags.format);
    if (format === undefined) throw invalidValue(flags.format, 'format', diagnosticFormats.join(', '));
    const reading = await this.reading(args.path, flags);
    const read = await readProject({ ...reading, strict: flags.strict, allowUnset: flags['allow-unset'] });
    const strict = flags['warnings-as-errors'];
    const report = new ProjectValidated(read, { format, version: this.session.program.version, strict });
    await this.present(report);
    if (report.failed) throw new PresentedFailure('usage', exitStatus.usage);
  }
}
