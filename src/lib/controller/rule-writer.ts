import type { ArtifactStore, Change, EntityKey } from '../database/artifact-store.js';
import type { Clock } from '../entity/clock.js';
import { newHead, updatedHead } from '../entity/entity-fields.js';
import { fromEntityPath, toEntityPath } from '../entity/entity-path.js';
import { formatPath } from '../entity/fully-qualified-name.js';
import { messages } from '../entity/messages.js';
import { parseRuleBody, parseRuleStatus, type RuleBody, type WhiskRule } from '../entity/whisk-rule.js';
import { type RuleStatus, withLink, withoutLink } from '../entity/whisk-trigger.js';
import { Rejection } from '../errors/rejection.js';
import { type Answer, ok } from './answer.js';
import { retryConflicts } from './conflict-retry.js';
import { keyOutsidePackages, lookUpEntity } from './entity-lookup.js';
import { requiredObject } from './json-body.js';
import type { ApiRequest } from './route.js';
import { type FoundRule, putRule, toRule, toRuleText } from './rule-documents.js';
import { linkNameOf, type RuleReader, statusOf } from './rule-reader.js';
import { type FoundTrigger, putTrigger } from './trigger-documents.js';

interface Deps {
  readonly artifacts: ArtifactStore;
  readonly reader: RuleReader;
  readonly clock: Clock;
}

/** Writes rules and their links in the triggers, both in one transaction (openwhisk-api.md §14, RS-106). */
export class RuleWriter {
  constructor(private readonly deps: Deps) {}

  /** `PUT`: the order of the checks is that of §3.4, but that what the body names is looked at with the rule. */
  put(request: ApiRequest): Promise<Answer> {
    const json = requiredObject(request.body);
    const overwrite = request.query.boolean('overwrite', false);
    const body = parseRuleBody(json, request.identity.namespace);
    const key = keyOutsidePackages(request);
    return retryConflicts(async () => {
      const entity = await lookUpEntity(this.deps.artifacts, 'rules', key);
      if (entity === undefined) return this.create(request, key, body);
      if (!overwrite) throw new Rejection(409, messages.exists);
      return this.update(request, { entity, rule: toRule(entity) }, body);
    });
  }

  /** `POST`: the status is read before the rule is looked for (openwhisk-api.md §14.3). */
  setStatus(request: ApiRequest): Promise<Answer> {
    const status = parseRuleStatus(requiredObject(request.body));
    return retryConflicts(async () => {
      const found = await this.deps.reader.find(request);
      const trigger = await this.deps.reader.triggerOf(found.rule);
      if (trigger === undefined && status === 'active') throw new Rejection(404, messages.ruleWithoutTrigger);
      if (trigger !== undefined && statusOf(found.rule, trigger) !== status) {
        // The unchanged rule is part of the transaction, so that no link outlives a rule deleted meanwhile.
        await this.deps.artifacts.commit([putRule(found.entity, found.rule), linked(trigger, found.rule, status)]);
      }
      return { ...ok('OK'), type: 'text/plain' };
    });
  }

  /** `DELETE`: in any status, also when trigger or action are gone (openwhisk-api.md §14.4). */
  delete(request: ApiRequest): Promise<Answer> {
    return retryConflicts(async () => {
      const { entity, rule } = await this.deps.reader.find(request);
      const trigger = await this.deps.reader.triggerOf(rule);
      const changes: Change[] = [{ delete: entity.key, expected: entity.revision }];
      if (trigger !== undefined) changes.push(unlinked(trigger, rule));
      await this.deps.artifacts.commit(changes);
      return ok(toRuleText(rule, 'inactive'));
    });
  }

  private async create({ identity }: ApiRequest, key: EntityKey, body: RuleBody): Promise<Answer> {
    const { trigger, action, annotations = [] } = body;
    if (trigger === undefined || action === undefined) throw new Rejection(400, messages.ruleIncomplete);
    const found = await this.deps.reader.requireReferences(identity, trigger, action);
    const { updated, ...head } = newHead(key, body, this.deps.clock.now());
    const references = { trigger: toEntityPath(trigger), action: toEntityPath(action) };
    const rule: WhiskRule = { ...head, annotations, updated, ...references };
    await this.deps.artifacts.commit([putRule({ key, revision: 0 }, rule), linked(found, rule, 'active')]);
    return ok(toRuleText(rule, 'active'));
  }

  /** Given fields replace; the status is kept; another trigger takes the link over (openwhisk-api.md §14.2). */
  private async update({ identity }: ApiRequest, { entity, rule: stored }: FoundRule, body: RuleBody): Promise<Answer> {
    const trigger = body.trigger ?? fromEntityPath(stored.trigger);
    const action = body.action ?? fromEntityPath(stored.action);
    const found = await this.deps.reader.requireReferences(identity, trigger, action);
    const before = await this.deps.reader.triggerOf(stored);
    const status = statusOf(stored, before);
    const rule: WhiskRule = {
      ...stored,
      ...updatedHead(stored, body, this.deps.clock.now()),
      annotations: body.annotations ?? stored.annotations,
      trigger: toEntityPath(trigger),
      action: toEntityPath(action),
    };
    const changes = [putRule(entity, rule), linked(found, rule, status)];
    if (before !== undefined && formatPath(before.entity.key) !== formatPath(trigger))
      changes.push(unlinked(before, stored));
    await this.deps.artifacts.commit(changes);
    return ok(toRuleText(rule, status));
  }
}

/** The write of a trigger that has a link to the rule. */
function linked({ entity, trigger }: FoundTrigger, rule: WhiskRule, status: RuleStatus): Change {
  return putTrigger(entity, withLink(trigger, linkNameOf(rule), { action: rule.action, status }));
}

/** The write of a trigger without a link to the rule. */
function unlinked({ entity, trigger }: FoundTrigger, rule: WhiskRule): Change {
  return putTrigger(entity, withoutLink(trigger, linkNameOf(rule)));
}
