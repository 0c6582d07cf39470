import { diagnosticLines } from '../../lib/cli/diagnostic-lines.js';
import { chosenTarget, deployFlags, deployOptions } from '../../lib/cli/flags/deploy-flags.js';
import { projectArgs, projectFlags } from '../../lib/cli/flags/project-flags.js';
import { PresentedFailure } from '../../lib/cli/presented-failure.js';
import { DeploymentLines, DeploymentPresenter, hasFailed } from '../../lib/cli/presenters/deployment.js';
import { describeRemovals, isEmptyPlan, ProjectPlanPresenter } from '../../lib/cli/presenters/project-plan.js';
import { projectOptions } from '../../lib/cli/project-options.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { exitStatus } from '../../lib/errors/exit-status.js';
import { carryOut, targetOf } from '../../lib/project/carry-out.js';
import { loadProject } from '../../lib/project/load-project.js';
import { planProject } from '../../lib/project/plan-project.js';
import { projectTarget } from '../../lib/project/project-target.js';

export default class ProjectSync extends RtCommand {
  static override summary = 'Deploy a project and delete what it no longer has';
  static override description =
    'As rt project deploy --managed: entities carry the name of the project, and those that carry it and are no longer in the manifest are ' +
    'deleted, feeds told first. Entities of nobody, or of other projects, are never deleted.';
  static override args = projectArgs;
  static override flags = { ...projectFlags, ...deployFlags };
  static override argumentsNeeded = 'At most one project folder is expected.';
  static override examples = [
    '$ rt project sync --preview',
    '$ rt project sync --force\nok: deleted action demo/old\nSuccess: Deployment completed successfully.\n4 unchanged, 1 deleted',
    '$ rt project sync --projectname shop --json',
  ];
  static override related = ['project:deploy', 'project:undeploy'];

  async run(): Promise<void> {
    const { args, flags, managed } = await this.line();
    const options = deployOptions(flags, managed);
    const { options: reading, notes } = await projectOptions({ path: args.path, flags }, this.environment);
    for (const note of notes) this.terminal.note(note);
    const { strict, 'allow-unset': allowUnset } = flags;
    const client = await this.connect();
    const desired = await loadProject({
      ...{ ...reading, strict, allowUnset, managed },
      target: flags['ignore-target'] ? undefined : chosenTarget(client.connection),
      onDiagnostic: (diagnostic) => {
        if (diagnostic.severity === 'info' || this.terminal.quiet) return;
        for (const line of diagnosticLines(diagnostic, this.terminal)) this.terminal.diagnostic(line);
      },
    });
    const target = projectTarget(client, this.environment.clock);
    const plan = await planProject(desired, options, target);
    const changed = flags['detailed-exitcode'] && !isEmptyPlan(plan) ? exitStatus.changes : exitStatus.done;
    if (flags.preview) await this.present(new ProjectPlanPresenter(plan, targetOf(plan, target)));
    else {
      if (plan.removals.length > 0 && this.session.prompter.allowed) {
        await this.confirm(describeRemovals(plan), flags.force);
      }
      const { clock } = this.environment;
      const report = new DeploymentLines(this.session);
      const deployment = await carryOut(plan, options, { target, report, clock, signal: this.signal });
      await this.present(new DeploymentPresenter(deployment, 'Deployment', this.session.redactor));
      if (hasFailed(deployment)) throw new PresentedFailure('server_error', exitStatus.failed);
    }
    if (changed !== exitStatus.done) throw new PresentedFailure('pending', changed);
  }

  /** The parsed line; `project deploy` has one flag more. */
  protected async line() {
    const { args, flags } = await this.parse(ProjectSync);
    return { args, flags, managed: true as boolean };
  }
}
