import type { NamedThing } from '../entity/fully-qualified-name.js';
import { HttpError } from '../errors/client-errors.js';
import { RtError } from '../errors/rt-error.js';

/** One deleted entity; `body` is what it was, absent when it did not exist and that was fine. */
export interface DeletedEntity {
  readonly thing: NamedThing;
  readonly name: string;
  readonly body?: string;
  /** Deleted because of another one: an action together with its package. */
  readonly incidental?: true;
}

/** An entity that is to be deleted. */
export interface DeletionTarget {
  readonly thing: NamedThing;
  /** As success lines show it. */
  readonly name: string;
  /** Deleted because of another one; it may be gone already. */
  readonly incidental?: true;
  /** Deletes it and resolves with what it was; reports what it deletes along with it, and what went wrong without ending it. */
  remove(report: DeletionReport): Promise<string>;
}

/** How a deletion tells what it does besides the main thing. */
export interface DeletionReport {
  deleted(entity: DeletedEntity): void;
  warning(text: string): void;
}

/** What was deleted, and what ended it early (C-51). */
export interface Deletion {
  readonly deleted: readonly DeletedEntity[];
  readonly warnings: readonly string[];
  readonly failure: RtError | undefined;
}

/** Deletes entities one after the other up to the first failure. */
export async function deleteEntities(
  targets: readonly DeletionTarget[],
  options: { readonly ifExists: boolean },
): Promise<Deletion> {
  const deleted: DeletedEntity[] = [];
  const warnings: string[] = [];
  const report: DeletionReport = {
    deleted: (entity) => deleted.push(entity),
    warning: (text) => warnings.push(text),
  };
  for (const target of targets) {
    const { thing, name, incidental } = target;
    try {
      const body = await target.remove(report);
      deleted.push({ thing, name, body, ...(incidental === undefined ? {} : { incidental }) });
    } catch (failure) {
      if (!(failure instanceof RtError)) throw failure;
      if (isMissing(failure) && incidental === true) continue;
      if (!isMissing(failure) || !options.ifExists) return { deleted, warnings, failure };
      deleted.push({ thing, name });
    }
  }
  return { deleted, warnings, failure: undefined };
}

/** Whether an error says that an entity does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof HttpError && error.status === 404;
}
