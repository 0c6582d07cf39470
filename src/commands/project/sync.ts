import { diagnosticLines } from '../../lib/cli/diagnostic-lines.js';
import { chosenTarget, deployFlags, deployOptions } from '../../lib/cli/flags/deploy-flags.js';
import { projectArgs, projectFlags } from '../../lib/cli/flags/project-flags.js';
import { ProjectCommand } from '../../lib/cli/project-command.js';
import { carryOut, targetOf } from '../../lib/project/carry-out.js';
import { loadProject } from '../../lib/project/load-project.js';
import { planProject } from '../../lib/project/plan-project.js';
import { projectTarget } from '../../lib/project/project-target.js';

export default class ProjectSync extends ProjectCommand {
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
    const reading = await this.reading(args.path, flags);
    const { strict, 'allow-unset': allowUnset } = flags;
    const desired = await loadProject({
      ...{ ...reading, strict, allowUnset, managed },
      target: flags['ignore-target'] ? undefined : async () => chosenTarget((await this.connect()).connection),
      onDiagnostic: (diagnostic) => {
        if (diagnostic.severity === 'info' || this.terminal.quiet) return;
        for (const line of diagnosticLines(diagnostic, this.terminal)) this.terminal.diagnostic(line);
      },
    });
    const target = projectTarget(await this.connect(), this.environment.clock);
    const plan = await planProject(desired, options, target);
    const { clock } = this.environment;
    await this.perform({
      ...{ plan, flags, verb: 'Deployment', target: targetOf(plan, target) },
      carryOut: (report) => carryOut(plan, options, { target, report, clock, signal: this.signal }),
    });
  }

  /** The parsed line; `project deploy` has one flag more. */
  protected async line() {
    const { args, flags } = await this.parse(ProjectSync);
    return { args, flags, managed: true as boolean };
  }
}
