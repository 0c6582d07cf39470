import { type Change, CorruptEntity, type StoredEntity } from '../database/artifact-store.js';
import { isEntityPath } from '../entity/entity-path.js';
import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from '../entity/json.js';
import type { WhiskTrigger } from '../entity/whisk-trigger.js';

/** A trigger that was found, with its place and revision. */
export interface FoundTrigger {
  readonly entity: StoredEntity;
  readonly trigger: WhiskTrigger;
}

/** A trigger from its stored document; throws CorruptEntity when that is none (RS-110). */
export function toTrigger({ document, key }: StoredEntity): WhiskTrigger {
  const { parameters, annotations, version, rules } = document;
  const sound =
    Array.isArray(parameters) && Array.isArray(annotations) && typeof version === 'string' && areLinks(rules);
  if (!sound) throw new CorruptEntity(key);
  return document as unknown as WhiskTrigger;
}

/** The write of a trigger; lists show neither parameters nor rules (openwhisk-api.md §6.5). */
export function putTrigger({ key, revision }: Pick<StoredEntity, 'key' | 'revision'>, trigger: WhiskTrigger): Change {
  const { namespace, name, version, publish, annotations, updated } = trigger;
  const summary = stringifyJson({ namespace, name, version, publish, annotations, updated });
  const put = { collection: 'triggers' as const, key, document: toDocument(trigger), summary, updated };
  return { put, expected: revision };
}

function toDocument({ rules, ...trigger }: WhiskTrigger): JsonObject {
  const links = Object.entries(rules ?? {}).map(([rule, { action, status }]) => [
    rule,
    { action: { ...action }, status },
  ]);
  return {
    ...trigger,
    annotations: trigger.annotations.map((annotation) => ({ ...annotation })),
    parameters: trigger.parameters.map((parameter) => ({ ...parameter })),
    limits: {},
    ...(rules === undefined ? {} : { rules: Object.fromEntries(links) as JsonObject }),
  };
}

function areLinks(rules: JsonValue | undefined): boolean {
  if (rules === undefined) return true;
  return (
    isJsonObject(rules) &&
    Object.values(rules).every(
      (link) => isJsonObject(link) && isEntityPath(link['action']) && typeof link['status'] === 'string',
    )
  );
}
