import { string } from '@oclif/core/args';
import { boolean } from '@oclif/core/flags';
import { parseEntityName } from '../../lib/cli/flags/entity-names.js';
import { presentDeletion } from '../../lib/cli/present-deletion.js';
import { describePlan } from '../../lib/cli/presenters/package-deletion-plan.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { ActionsClient } from '../../lib/client/actions-client.js';
import { deleteEntities, type DeletionTarget } from '../../lib/client/delete-entities.js';
import {
  type DeletePackagesDeps,
  packageTargets,
  planDeletion,
  recursiveTargets,
} from '../../lib/client/delete-packages.js';
import { PackagesClient } from '../../lib/client/packages-client.js';
import { RulesClient } from '../../lib/client/rules-client.js';
import { TriggersClient } from '../../lib/client/triggers-client.js';
import type { FullyQualifiedName } from '../../lib/entity/fully-qualified-name.js';
import { UsageError } from '../../lib/errors/client-errors.js';

export default class PackageDelete extends RtCommand {
  static override summary = 'Delete packages and bindings';
  static override description =
    'A package that contains actions is only deleted with --recursive, which asks first. A binding is deleted alone, never what it is bound to.';
  static override args = {
    name: string({ required: true, description: 'name of the package; several are allowed' }),
  };
  static override strict = false;
  static override flags = {
    recursive: boolean({ default: false, char: 'r', summary: 'delete the actions in the package too' }),
    rules: boolean({
      default: false,
      summary: 'with --recursive: also the rules of these actions, and triggers left without a rule',
    }),
    force: boolean({ default: false, char: 'f', summary: 'do not ask' }),
    'if-exists': boolean({ default: false, summary: 'a package that does not exist is no error' }),
  };
  static override argumentsNeeded = 'A package name is required.';
  static override examples = [
    '$ rt package delete mypackage\nok: deleted package mypackage',
    '$ rt package delete mypackage --recursive --force\nok: deleted action mypackage/hello\nok: deleted package mypackage',
    '$ rt package delete mypackage --recursive --rules',
  ];
  static override related = ['package:list', 'action:delete'];

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(PackageDelete);
    if (flags.rules && !flags.recursive) throw new UsageError('Flag --rules needs --recursive.', { showUsage: true });
    const typed = argv.map((word) => parseEntityName(String(word), 'package'));
    const client = await this.connect();
    const deps: DeletePackagesDeps = {
      packages: new PackagesClient(client),
      actions: new ActionsClient(client),
      rules: new RulesClient(client),
      triggers: new TriggersClient(client),
      authKey: client.connection.auth.value,
    };
    const names = typed.map((name) => deps.packages.resolve(name));
    const targets = flags.recursive ? await this.recursive(names, flags, deps) : packageTargets(names, deps);
    await presentDeletion(await deleteEntities(targets, { ifExists: flags['if-exists'] }), this.session);
  }

  private async recursive(
    names: readonly FullyQualifiedName[],
    flags: { readonly rules: boolean; readonly force: boolean },
    deps: DeletePackagesDeps,
  ): Promise<readonly DeletionTarget[]> {
    const plan = await planDeletion(names, { rules: flags.rules }, deps);
    const question = describePlan(plan);
    if (question !== undefined) await this.confirm(question, flags.force);
    return recursiveTargets(plan, deps);
  }
}
