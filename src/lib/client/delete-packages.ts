import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import type { DeletionTarget } from './delete-entities.js';
import { deletePackage, type DeletePackageDeps, deletePackageWithActions } from './delete-package.js';
import { deleteTrigger } from './delete-trigger.js';
import { entityName } from './entity-collection.js';
import type { FeedDeps } from './feed.js';
import { type PackageContents, type PackageDependents, readContents, readDependents } from './package-contents.js';
import type { RulesClient } from './rules-client.js';
import type { TriggersClient } from './triggers-client.js';

/** What deleting packages with everything in and around them takes. */
export interface DeletePackagesDeps extends DeletePackageDeps, FeedDeps {
  readonly rules: RulesClient;
  readonly triggers: TriggersClient;
}

/** Everything that a recursive deletion would delete. A package that does not exist is in it without contents. */
export interface DeletionPlan extends PackageDependents {
  readonly packages: readonly Pick<PackageContents, 'name' | 'actions'>[];
}

/** Finds what a recursive deletion of these packages would delete (C-71). */
export async function planDeletion(
  names: readonly FullyQualifiedName[],
  options: { readonly rules: boolean },
  deps: DeletePackagesDeps,
): Promise<DeletionPlan> {
  const packages: Pick<PackageContents, 'name' | 'actions'>[] = [];
  const found: PackageContents[] = [];
  for (const name of names) {
    const contents = await readContents(name, deps.packages);
    packages.push(contents ?? { name, actions: [] });
    if (contents !== undefined) found.push(contents);
  }
  const dependents = options.rules ? await readDependents(found, deps.rules) : { rules: [], triggers: [] };
  return { packages, ...dependents };
}

/** Targets of a plan: rules and triggers first, so that nothing is started that is about to vanish, then the packages. */
export function recursiveTargets(plan: DeletionPlan, deps: DeletePackagesDeps): readonly DeletionTarget[] {
  const rules = plan.rules.map((name): DeletionTarget => {
    const remove = () => deps.rules.delete(name);
    return { thing: 'rule', name: entityName(name), incidental: true, remove };
  });
  const triggers = plan.triggers.map((name): DeletionTarget => {
    const remove: DeletionTarget['remove'] = (report) => deleteTrigger(name, { tellFeed: true, report }, deps);
    return { thing: 'trigger', name: entityName(name), incidental: true, remove };
  });
  const packages = plan.packages.map((contents): DeletionTarget => {
    const remove: DeletionTarget['remove'] = (report) => deletePackageWithActions(contents, report, deps);
    return { thing: 'package', name: entityName(contents.name), remove };
  });
  return [...rules, ...triggers, ...packages];
}

/** Targets for packages that should be empty, and bindings. */
export function packageTargets(
  names: readonly FullyQualifiedName[],
  deps: Pick<DeletePackagesDeps, 'packages'>,
): readonly DeletionTarget[] {
  return names.map((name) => ({
    thing: 'package',
    name: entityName(name),
    remove: () => deletePackage(name, deps.packages),
  }));
}
