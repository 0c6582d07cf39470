import { changeFlags, changeOptions } from '../../lib/cli/flags/deploy-flags.js';
import { projectArgs, projectFlags } from '../../lib/cli/flags/project-flags.js';
import { PresentedFailure } from '../../lib/cli/presented-failure.js';
import { DeploymentLines, DeploymentPresenter, hasFailed } from '../../lib/cli/presenters/deployment.js';
import { describeRemovals, isEmptyPlan, ProjectPlanPresenter } from '../../lib/cli/presenters/project-plan.js';
import { projectOptions } from '../../lib/cli/project-options.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { exitStatus } from '../../lib/errors/exit-status.js';
import { carryOut, targetOf } from '../../lib/project/carry-out.js';
import { loadProject } from '../../lib/project/load-project.js';
import { planUndeploy } from '../../lib/project/plan-project.js';
import { projectTarget } from '../../lib/project/project-target.js';

export default class ProjectUndeploy extends RtCommand {
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
    const { options: reading, notes } = await projectOptions({ path: args.path, flags }, this.environment);
    for (const note of notes) this.terminal.note(note);
    const what =
      flags.projectname === undefined
        ? { desired: await loadProject({ ...reading, allowUnset: true, withoutCode: true }) }
        : { project: flags.projectname };
    const target = projectTarget(await this.connect(), this.environment.clock);
    const plan = await planUndeploy(what, options, target);
    const changed = flags['detailed-exitcode'] && !isEmptyPlan(plan) ? exitStatus.changes : exitStatus.done;
    if (flags.preview) await this.present(new ProjectPlanPresenter(plan, targetOf(plan, target)));
    else {
      if (plan.removals.length > 0 && this.session.prompter.allowed) {
        await this.confirm(describeRemovals(plan), flags.force);
      }
      const { clock } = this.environment;
      const report = new DeploymentLines(this.session);
      const done = await carryOut(plan, options, { target, report, clock, signal: this.signal });
      await this.present(new DeploymentPresenter(done, 'Undeployment', this.session.redactor));
      if (hasFailed(done)) throw new PresentedFailure('server_error', exitStatus.failed);
    }
    if (changed !== exitStatus.done) throw new PresentedFailure('pending', changed);
  }
}
