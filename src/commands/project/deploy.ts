import { boolean } from '@oclif/core/flags';
import ProjectSync from './sync.js';

export default class ProjectDeploy extends ProjectSync {
  static override summary = 'Deploy a project';
  static override description =
    'Makes packages, actions, sequences, triggers, rules and APIs equal to what the manifest says. What is unchanged is not sent; when ' +
    'something fails, what does not need it is deployed all the same.';
  static override args = ProjectSync.args;
  static override flags = {
    ...ProjectSync.flags,
    managed: boolean({
      default: false,
      summary: 'mark entities as those of the project, and delete those it no longer has',
    }),
  };
  static override argumentsNeeded = ProjectSync.argumentsNeeded;
  static override examples = [
    '$ rt project deploy\nok: created package demo\nok: created action demo/hello\nSuccess: Deployment completed successfully.\n2 created',
    '$ rt deploy shop --preview --detailed-exitcode',
    '$ rt deploy --managed --param stage test --json',
  ];
  static override related = ['project:sync', 'project:undeploy', 'project:validate', 'project:report'];

  protected override async line() {
    const { args, flags } = await this.parse(ProjectDeploy);
    return { args, flags, managed: flags.managed };
  }
}
