import { RevisionConflict } from '../database/artifact-store.js';

/** How often a change is tried before its conflict is the caller's. */
const maxAttempts = 25;

/**
 * Does a change that reads several entities and writes them in one transaction, and does it again from the start when
 * somebody else wrote one of them meanwhile: two rules that are attached to one trigger at the same time do not
 * contradict each other. Throws the RevisionConflict of the last attempt (RS-161).
 */
export async function retryConflicts<T>(change: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof RevisionConflict) || attempt === maxAttempts) throw error;
    }
  }
}
