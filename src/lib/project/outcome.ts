import type { RtError } from '../errors/rt-error.js';
import type { ProjectThing } from './planned-entity.js';

interface Named {
  readonly thing: ProjectThing;
  readonly name: string;
}

/** What became of one entity of a deploy (D-19). */
export type Outcome = Named &
  (
    | { readonly kind: 'created' | 'updated' | 'unchanged' | 'deleted' }
    | { readonly kind: 'failed'; readonly error: RtError }
    /** `needs` is the label of what failed: `action desk/close`. */
    | { readonly kind: 'skipped'; readonly needs: string }
  );

/** How a deploy tells what it has just done. */
export interface ApplyReport {
  done(outcome: Outcome): void;
  warning(text: string): void;
}
