import type { LiveEntity, LiveState } from './live-state.js';
import type { Removal } from './plan-model.js';
import type { PlannedEntity, ProjectThing } from './planned-entity.js';

/** Entities that go, and sentences about those that have to stay. */
export interface Removals {
  readonly removals: readonly Removal[];
  readonly warnings: readonly string[];
}

/**
 * The entities that carry the mark of a project and are not among the desired ones (D-24). Unmarked ones are never among them. Pure.
 */
export function plannedRemovals(project: string, desired: readonly PlannedEntity[], live: LiveState): Removals {
  const wanted = new Set(desired.map(({ thing, name }) => `${thing} ${name}`));
  const ours = allOf(live).filter(
    (entity) => entity.live?.project === project && !wanted.has(`${entity.thing} ${entity.name}`),
  );
  return withoutFullPackages(ours, live);
}

/** The entities of a state that exist, to be deleted (D-27). Those of another project are the caller's to refuse. Pure. */
export function namedRemovals(desired: readonly PlannedEntity[], live: LiveState): Removals {
  const named = new Set(desired.map(({ thing, name }) => `${thing} ${name}`));
  const found = allOf(live).filter(({ thing, name }) => named.has(`${thing} ${name}`));
  return withoutFullPackages(found, live);
}

function allOf(live: LiveState): readonly Removal[] {
  const of = (thing: ProjectThing, entities: ReadonlyMap<string, LiveEntity>): Removal[] =>
    [...entities].map(([name, entity]) => ({ thing, name, live: entity }));
  return [
    ...[...live.apis].map(([name, route]): Removal => ({ thing: 'api', name, route })),
    ...of('rule', live.rules),
    ...of('trigger', live.triggers),
    ...of('action', live.actions),
    ...of('package', live.packages),
  ];
}

/** A package that still holds actions of others is kept (D-25). */
function withoutFullPackages(removals: readonly Removal[], live: LiveState): Removals {
  const going = new Set(removals.flatMap(({ thing, name }) => (thing === 'action' ? [name] : [])));
  const warnings: string[] = [];
  const kept = removals.filter(({ thing, name, live: found }) => {
    if (thing !== 'package' || found?.bound === true) return true;
    const inside = [...live.actions.keys()].filter((action) => action.startsWith(`${name}/`) && !going.has(action));
    const [first = ''] = inside;
    if (inside.length === 0) return true;
    const more = inside.length === 1 ? '' : ` and ${String(inside.length - 1)} more`;
    warnings.push(`package '${name}' is kept: it holds ${first}${more}, which the project does not own`);
    return false;
  });
  return { removals: kept, warnings };
}
