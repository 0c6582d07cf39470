import type { Deletion } from '../client/delete-entities.js';
import { presentResult } from './present-result.js';
import { EntitiesDeletedPresenter } from './presenters/entities-deleted.js';
import type { Session } from './session.js';

/**
 * Shows what was deleted and throws what ended it early. What was deleted before that is told as well; with `--json` the failure is the
 * only document (C-49).
 */
export async function presentDeletion({ deleted, warnings, failure }: Deletion, session: Session): Promise<void> {
  for (const warning of warnings) session.terminal.warn(warning);
  if (failure === undefined || session.output.format !== 'json') {
    await presentResult(new EntitiesDeletedPresenter(deleted), session);
  }
  if (failure !== undefined) throw failure;
}
