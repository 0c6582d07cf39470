import type { PlannedWrite } from './plan-model.js';
import { isSequence, ownName, type PlannedEntity } from './planned-entity.js';

/** Entities that may be written at the same time, `serial` ones one after the other. */
export interface WriteStep {
  readonly writes: readonly PlannedWrite[];
  readonly serial: boolean;
}

/**
 * The steps of a deploy (D-18): packages, bindings, actions (large ones first, so that none is left alone at the end), sequences behind their
 * components, triggers, those with feeds one by one, rules, and routes one by one, because a gateway keeps a whole API in one document.
 */
export function writeSteps(writes: readonly PlannedWrite[], namespace: string): readonly WriteStep[] {
  const steps = new Map<number, PlannedWrite[]>();
  const depths = sequenceDepths(writes, namespace);
  for (const write of writes) {
    const place = placeInOrder(write.entity, depths);
    steps.set(place, [...(steps.get(place) ?? []), write]);
  }
  return [...steps]
    .sort(([a], [b]) => a - b)
    .map(([place, step]) => ({
      writes: [...step].sort((a, b) => codeSize(b.entity) - codeSize(a.entity)),
      serial: place === places.feeds || place === places.apis,
    }));
}

/** Places of the steps; the depth of a sequence, never above its number of components, is added to its place. */
const places = {
  packages: 0,
  bindings: 1,
  actions: 2,
  sequences: 3,
  triggers: 1e6,
  feeds: 1e6 + 1,
  rules: 1e6 + 2,
  apis: 1e6 + 3,
};

function placeInOrder(entity: PlannedEntity, depths: ReadonlyMap<string, number>): number {
  switch (entity.thing) {
    case 'package':
      return 'binding' in entity.wanted ? places.bindings : places.packages;
    case 'action':
      return isSequence(entity.wanted) ? places.sequences + (depths.get(entity.name) ?? 0) : places.actions;
    case 'trigger':
      return entity.wanted.feed === undefined ? places.triggers : places.feeds;
    case 'rule':
      return places.rules;
    case 'api':
      return places.apis;
  }
}

/** How many sequences of the project lie below each sequence. The reader of manifests has refused cycles; one more is cut here. */
function sequenceDepths(writes: readonly PlannedWrite[], namespace: string): ReadonlyMap<string, number> {
  const sequences = new Map<string, readonly string[]>();
  for (const { entity } of writes) {
    if (entity.thing === 'action' && isSequence(entity.wanted)) sequences.set(entity.name, entity.wanted.sequence);
  }
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    depths.set(name, 0);
    const below = (sequences.get(name) ?? []).flatMap((component) => {
      const inside = ownName(component, namespace);
      return inside !== undefined && sequences.has(inside) ? [depthOf(inside) + 1] : [];
    });
    const depth = Math.max(0, ...below);
    depths.set(name, depth);
    return depth;
  };
  for (const name of sequences.keys()) depthOf(name);
  return depths;
}

function codeSize(entity: PlannedEntity): number {
  if (entity.thing !== 'action' || isSequence(entity.wanted)) return 0;
  return entity.wanted.code?.size ?? 0;
}
