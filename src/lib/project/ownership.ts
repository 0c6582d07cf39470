import { exitStatus } from '../errors/exit-status.js';
import { RtError } from '../errors/rt-error.js';
import { liveOf, type LiveState } from './live-state.js';
import type { PlannedEntity } from './planned-entity.js';

/** Entities that an error names at most. */
const namedAtMost = 5;

/**
 * Refuses to delete packages that are in the way of bindings and that nobody has marked as ours: only an own one may go (§1.4). Throws
 * RtError, exit 2.
 */
export function requireReplaceable(entities: readonly PlannedEntity[], live: LiveState): void {
  const inTheWay = entities.find((entity) => {
    if (entity.thing !== 'package' || !('binding' in entity.wanted)) return false;
    const there = live.packages.get(entity.name);
    return there !== undefined && !there.bound && there.project === undefined && there.record === undefined;
  });
  if (inTheWay === undefined) return;
  throw new RtError('conflict', `Package '${inTheWay.name}' exists and cannot become a binding`, {
    exitStatus: exitStatus.usage,
    hint: `it was not deployed by rt; rt package delete ${inTheWay.name} makes room`,
  });
}

/** Refuses to touch entities that are marked as those of another project (D-25). Throws RtError, exit 2. */
export function requireOwnership(
  entities: readonly PlannedEntity[],
  live: LiveState,
  { project, hint }: { readonly project: string | undefined; readonly hint: string },
): void {
  const foreign = entities.flatMap(({ thing, name }) => {
    const owner = liveOf({ thing, name }, live)?.project;
    return owner === undefined || owner === project ? [] : [`${thing} '${name}' (project '${owner}')`];
  });
  if (foreign.length === 0) return;
  const more = foreign.length > namedAtMost ? `, and ${String(foreign.length - namedAtMost)} more` : '';
  const what = foreign.length === 1 ? 'This entity belongs' : 'These entities belong';
  throw new RtError('conflict', `${what} to another project: ${foreign.slice(0, namedAtMost).join(', ')}${more}`, {
    exitStatus: exitStatus.usage,
    hint,
  });
}
