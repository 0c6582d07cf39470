import { exitStatus } from '../errors/exit-status.js';
import type { ApplyReport } from '../project/outcome.js';
import type { Deployment, DeployTarget } from '../project/carry-out.js';
import type { LoadOptions } from '../project/load-project.js';
import type { Plan } from '../project/plan-model.js';
import { PresentedFailure } from './presented-failure.js';
import { DeploymentLines, DeploymentPresenter, hasFailed } from './presenters/deployment.js';
import { describeRemovals, isEmptyPlan, ProjectPlanPresenter } from './presenters/project-plan.js';
import { projectOptions, type ProjectFlagValues } from './project-options.js';
import { RtCommand } from './rt-command.js';

/** A change of a target as a command has planned it. */
export interface PlannedChange {
  readonly plan: Plan;
  readonly target: DeployTarget;
  readonly flags: { readonly preview: boolean; readonly force: boolean; readonly 'detailed-exitcode': boolean };
  /** What wskdeploy's line calls it. */
  readonly verb: 'Deployment' | 'Undeployment';
  readonly carryOut: (report: ApplyReport) => Promise<Deployment>;
}

/** Base of the commands of projects. */
export abstract class ProjectCommand extends RtCommand {
  /** How the project of a command line is read; what there is to note about it is told. Throws UsageError. */
  protected async reading(path: string | undefined, flags: ProjectFlagValues): Promise<LoadOptions> {
    const { options, notes } = await projectOptions({ path, flags }, this.environment);
    for (const note of notes) this.terminal.note(note);
    return options;
  }

  /**
   * Shows a plan, or carries it out: asks before anything is deleted, where a deploy goes on without a terminal to ask on (D-26) and an undeploy
   * does not (C-61); tells of each entity and of the end (C-73). Throws
   * PresentedFailure for an exit status other than 0: 1 when something failed (D-19), 10 when there was something to change and that is asked for.
   */
  protected async perform({ plan, target, flags, verb, carryOut }: PlannedChange): Promise<void> {
    const changed = flags['detailed-exitcode'] && !isEmptyPlan(plan);
    if (flags.preview) await this.present(new ProjectPlanPresenter(plan, target));
    else {
      const mayAsk = verb === 'Undeployment' || this.session.prompter.allowed;
      if (plan.removals.length > 0 && mayAsk) {
        await this.confirm(describeRemovals(plan), flags.force);
      }
      const deployment = await carryOut(new DeploymentLines(this.session));
      await this.present(new DeploymentPresenter(deployment, verb, this.session.redactor));
      if (hasFailed(deployment)) throw new PresentedFailure('server_error', exitStatus.failed);
    }
    if (changed) throw new PresentedFailure('pending', exitStatus.changes);
  }
}
