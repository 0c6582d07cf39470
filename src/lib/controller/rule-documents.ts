import { type Change, CorruptEntity, type StoredEntity } from '../database/artifact-store.js';
import { isEntityPath } from '../entity/entity-path.js';
import { stringifyJson } from '../entity/json.js';
import type { WhiskRule } from '../entity/whisk-rule.js';
import type { RuleStatus } from '../entity/whisk-trigger.js';

/** A rule that was found, with its place and revision. */
export interface FoundRule {
  readonly entity: StoredEntity;
  readonly rule: WhiskRule;
}

/** A rule from its stored document; throws CorruptEntity when that is none (RS-110). */
export function toRule({ document, key }: StoredEntity): WhiskRule {
  const { annotations, version, trigger, action } = document;
  const sound =
    Array.isArray(annotations) && typeof version === 'string' && isEntityPath(trigger) && isEntityPath(action);
  if (!sound) throw new CorruptEntity(key);
  return document as unknown as WhiskRule;
}

/** The write of a rule; lists show all of it but the status, which is not stored here (openwhisk-api.md §6.5). */
export function putRule({ key, revision }: Pick<StoredEntity, 'key' | 'revision'>, rule: WhiskRule): Change {
  const document = {
    ...rule,
    annotations: rule.annotations.map((annotation) => ({ ...annotation })),
    trigger: { ...rule.trigger },
    action: { ...rule.action },
  };
  const put = { collection: 'rules' as const, key, document, summary: stringifyJson(rule), updated: rule.updated };
  return { put, expected: revision };
}

/** The answer of `GET`, `PUT` and `DELETE` (openwhisk-api.md §14.2). */
export function toRuleText(rule: WhiskRule, status: RuleStatus): string {
  const { trigger, action, ...head } = rule;
  return stringifyJson({ ...head, status, trigger, action });
}
