import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import { HttpError } from '../errors/client-errors.js';
import { RtError } from '../errors/rt-error.js';
import { type ActionsClient, shortName } from './actions-client.js';

/** One deleted action; `body` is what it was, absent when it did not exist and that was fine. */
export interface DeletedAction {
  readonly name: string;
  readonly body?: string;
}

/** What was deleted, and what ended it early (C-51). */
export interface Deletion {
  readonly deleted: readonly DeletedAction[];
  readonly failure: RtError | undefined;
}

/** Deletes actions one after the other up to the first failure. */
export async function deleteActions(
  names: readonly FullyQualifiedName[],
  options: { readonly ifExists: boolean },
  actions: ActionsClient,
): Promise<Deletion> {
  const deleted: DeletedAction[] = [];
  for (const qualified of names) {
    const name = shortName(qualified);
    try {
      const body = await actions.delete(qualified, { what: `delete action '${name}'` });
      deleted.push({ name, body });
    } catch (failure) {
      if (!(failure instanceof RtError)) throw failure;
      const missing = failure instanceof HttpError && failure.status === 404;
      if (!missing || !options.ifExists) return { deleted, failure };
      deleted.push({ name });
    }
  }
  return { deleted, failure: undefined };
}
