import { ProjectSchema } from '../../lib/cli/presenters/project-schema.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { manifestSchema } from '../../lib/project/manifest-schema.js';

export default class ProjectSchemaCommand extends RtCommand {
  static override summary = 'Print the JSON Schema of manifests';
  static override description =
    'Editors complete and check manifest.yaml with it: write it to a file and name that in the first line, # yaml-language-server: $schema=FILE.';
  static override argumentsNeeded = 'No argument is expected.';
  static override examples = [
    '$ rt project schema > .vscode/manifest.schema.json',
    '$ rt project schema --json=compact',
    '$ rt project schema --output yaml',
  ];
  static override related = ['project:validate'];

  async run(): Promise<void> {
    await this.parse(ProjectSchemaCommand);
    await this.present(new ProjectSchema(manifestSchema()));
  }
}
