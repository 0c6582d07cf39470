import { changeFlags, changeOptions } from '../../lib/cli/flags/deploy-flags.js';
import { projectArgs, projectFlags } from '../../lib/cli/flags/project-flags.js';
import { ProjectCommand } from '../../lib/cli/project-command.js';
import { carryOut, targetOf } from '../../lib/project/carry-out.js';
import { loadProject } from '../../lib/project/load-project.js';
import { planUndeploy } from '../../lib/project/plan-project.js';
import { projectTarget } from '../../lib/project/project-target.js';

export default class ProjectUndeploy extends ProjectCommand {
  static override summary = 'Delete what a project has deployed';
  static override description =
    'Deletes the entities that the manifest names, as far as they exist, feeds told first; variables need not be set. With --projectname ' +
    'all entities that carry the name of the project, and no manifest is read.';
  static override args = projectArgs;
  static override flags = { ...projectFlags, ...changeFlags };
  static override argumentsNeeded = 'At most one project folder is expected.';
  static override examples = [
    '$ rt project undeploy --preview',
    '$ rt undeploy --projectname shop --force\nok: deleted action demo/hello\nSuccess: Undeployment completed successfully.\n1 deleted',
    '$ rt project undeploy shop --force --json',
  ];
  static override related = ['project:deploy', 'project:sync'];

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ProjectUndeploy);
    const options = changeOptions(flags);
    const reading = await this.reading(args.path, flags);
    const what =
      flags.projectname === undefined
        ? { desired: await loadProject({ ...reading, allowUnset: true, withoutCode: true }) }
        : { project: flags.projectname };
    const target = projectTarget(await this.connect(), this.environment.clock);
    const plan = await planUndeploy(what, options, target);
    const { clock } = this.environment;
    await this.perform({
      ...{ plan, flags, verb: 'Undeployment', target: targetOf(plan, target) },
      carryOut: (report) => carryOut(plan, options, { target, report, clock, signal: this.signal }),
    });
  }
}
