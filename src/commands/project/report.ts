import { boolean } from '@oclif/core/flags';
import { projectArgs, projectFlags } from '../../lib/cli/flags/project-flags.js';
import { ProjectReport } from '../../lib/cli/presenters/project-report.js';
import { ProjectCommand } from '../../lib/cli/project-command.js';
import { entitiesDocument } from '../../lib/project/entities-document.js';
import { loadProject } from '../../lib/project/load-project.js';

export default class ProjectReportCommand extends ProjectCommand {
  static override summary = 'Show what a project would deploy';
  static override description =
    'Lists the entities that the manifest and the deployment file describe, with their values and the place where each was written. Nothing is ' +
    'asked or sent.';
  static override args = projectArgs;
  static override flags = {
    ...projectFlags,
    'hide-values': boolean({ default: false, summary: 'only name the variables that values came from' }),
  };
  static override argumentsNeeded = 'At most one project folder is expected.';
  static override examples = [
    '$ rt project report',
    '$ rt project report shop --json --hide-values',
    '$ rt project report --output name',
  ];
  static override related = ['project:validate'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ProjectReportCommand);
    const reading = await this.reading(args.path, flags);
    const state = await loadProject(reading);
    const document = entitiesDocument(state, { hideValues: flags['hide-values'] });
    await this.present(new ProjectReport(document, state.origins));
  }
}
