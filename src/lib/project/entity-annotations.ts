import { recordKey, recordValue } from './deploy-record.js';
import type { Values } from './desired-state.js';
import { managedKey, managedValue } from './managed-mark.js';
import type { Plan, PlannedWrite } from './plan-model.js';
import { isSequence, type PlannedEntity } from './planned-entity.js';

/** Annotations that the platform writes itself. */
const platformKeys = ['exec', 'provide-api-key', 'binding'];

/** Annotations that no manifest states: those of the platform and of tools that deploy. */
const toolKeys: ReadonlySet<string> = new Set([...platformKeys, recordKey, managedKey]);

/** Whether an annotation is written by the platform or a tool, so that comparisons leave it out. */
export function isToolAnnotation(key: string): boolean {
  return toolKeys.has(key);
}

/** The annotations that a project states for an entity, the one that names a trigger's feed among them. */
export function statedAnnotations(entity: PlannedEntity): Values {
  if (entity.thing === 'api') return {};
  const { annotations } = entity.wanted;
  if (entity.thing !== 'trigger' || entity.wanted.feed === undefined) return annotations;
  return { ...annotations, feed: entity.wanted.feed };
}

/**
 * All annotations that are sent: those stated, the record (D-21) and the mark of the project (D-23). An entity of this project keeps its
 * mark when it is deployed without one.
 */
export function sentAnnotations(write: PlannedWrite, plan: Plan, options: { readonly record: boolean }): Values {
  const { live, hashes, version, entity } = write;
  const kept = live?.project !== undefined && live.project === plan.project?.name;
  const mark = live?.annotations[managedKey];
  const managed = plan.managed && plan.project !== undefined ? managedValue(plan.project) : kept ? mark : undefined;
  return {
    ...statedAnnotations(entity),
    ...(options.record ? { [recordKey]: recordValue({ ...hashes, version, limits: statedLimits(entity) }) } : {}),
    ...(managed === undefined ? {} : { [managedKey]: managed }),
  };
}

/** Names of the annotations of an action that have to go (D-16): the controller merges, it never drops one by itself. */
export function goneAnnotations({ live }: PlannedWrite, sent: Values): readonly string[] {
  return Object.keys(live?.annotations ?? {}).filter((key) => !platformKeys.includes(key) && !Object.hasOwn(sent, key));
}

function statedLimits(entity: PlannedEntity): readonly string[] {
  if (entity.thing !== 'action' || isSequence(entity.wanted)) return [];
  return Object.keys(entity.wanted.limits).sort();
}
