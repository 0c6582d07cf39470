import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import { HttpError } from '../errors/client-errors.js';
import { RtError } from '../errors/rt-error.js';
import type { ActionsClient } from './actions-client.js';
import type { DeletionReport } from './delete-entities.js';
import { entityName } from './entity-collection.js';
import { type PackageContents, readContents } from './package-contents.js';
import type { PackagesClient } from './packages-client.js';

/** What deleting packages takes. */
export interface DeletePackageDeps {
  readonly packages: PackagesClient;
  readonly actions: ActionsClient;
}

/** Actions that a hint names at most. */
const namedAtMost = 5;

/** Deletes a package that should be empty, or a binding; of one that is not the error names what it contains (C-57). */
export async function deletePackage(name: FullyQualifiedName, packages: PackagesClient): Promise<string> {
  try {
    return await packages.delete(name);
  } catch (error) {
    throw isConflict(error) ? await withContents(error, name, packages) : error;
  }
}

/**
 * Deletes a package together with its actions (C-71): with the host's `force=true`, and one by one where the host does not know that.
 * Resolves with what the package was.
 */
export async function deletePackageWithActions(
  { name, actions }: Pick<PackageContents, 'name' | 'actions'>,
  report: DeletionReport,
  deps: DeletePackageDeps,
): Promise<string> {
  if (actions.length === 0) return deps.packages.delete(name);
  const reported = (action: FullyQualifiedName): void => {
    report.deleted({ thing: 'action', name: entityName(action), incidental: true });
  };
  try {
    const body = await deps.packages.delete(name, { force: true });
    actions.forEach(reported);
    return body;
  } catch (error) {
    // A host that ignores `force` finds the package not empty, and has deleted nothing.
    if (!isConflict(error)) throw error;
  }
  for (const action of actions) {
    await deps.actions.delete(action, { what: `delete action '${entityName(action)}'` });
    reported(action);
  }
  return deps.packages.delete(name);
}

function isConflict(error: unknown): error is HttpError {
  return error instanceof HttpError && error.status === 409;
}

async function withContents(error: HttpError, name: FullyQualifiedName, packages: PackagesClient): Promise<unknown> {
  const contents = await readContents(name, packages).catch((cause: unknown) => {
    if (cause instanceof RtError) return undefined;
    throw cause;
  });
  const names = (contents?.actions ?? []).map((action) => action.name);
  if (names.length === 0) return error;
  const more = names.length > namedAtMost ? `, and ${String(names.length - namedAtMost)} more` : '';
  const hint = `it contains ${names.slice(0, namedAtMost).join(', ')}${more}; rt package delete ${entityName(name)} --recursive deletes them too`;
  return new HttpError(error.message, { status: 409, transactionId: error.transactionId, hint, cause: error });
}
