import type { ArtifactStore, EntityKey } from '../database/artifact-store.js';
import type { Entitlement } from '../entitlement/entitlement.js';
import { fromEntityPath } from '../entity/entity-path.js';
import { formatFullyQualifiedName, type FullyQualifiedName } from '../entity/fully-qualified-name.js';
import type { Identity } from '../entity/identity.js';
import { messages } from '../entity/messages.js';
import type { WhiskRule } from '../entity/whisk-rule.js';
import { linkOf, type RuleStatus } from '../entity/whisk-trigger.js';
import { Rejection } from '../errors/rejection.js';
import { type Answer, ok } from './answer.js';
import { findEntity, keyOutsidePackages } from './entity-lookup.js';
import type { ApiRequest } from './route.js';
import { type FoundRule, toRule, toRuleText } from './rule-documents.js';
import { type FoundTrigger, toTrigger } from './trigger-documents.js';

/** Finds rules and what they refer to. */
export class RuleReader {
  constructor(private readonly deps: { readonly artifacts: ArtifactStore; readonly entitlement: Entitlement }) {}

  /** `GET` (openwhisk-api.md §14.2). */
  async read(request: ApiRequest): Promise<Answer> {
    const { rule } = await this.find(request);
    return ok(toRuleText(rule, statusOf(rule, await this.triggerOf(rule))));
  }

  /** The rule of a path; 404 when there is none, 409 when the name belongs to another collection. */
  async find(request: ApiRequest): Promise<FoundRule> {
    const entity = await findEntity(this.deps.artifacts, 'rules', keyOutsidePackages(request));
    return { entity, rule: toRule(entity) };
  }

  /** The trigger that a rule names; undefined when it is gone, or when its name is that of something else by now. */
  triggerOf(rule: WhiskRule): Promise<FoundTrigger | undefined> {
    return this.findTrigger(fromEntityPath(rule.trigger));
  }

  /**
   * The trigger of a rule that is written, after the caller's rights on trigger and action were checked. 400 when one
   * of them does not exist, the trigger first; 404 for a package that does not (openwhisk-api.md §4.4, §14.2).
   */
  async requireReferences(
    identity: Identity,
    trigger: FullyQualifiedName,
    action: FullyQualifiedName,
  ): Promise<FoundTrigger> {
    const { entitlement, artifacts } = this.deps;
    await entitlement.check(identity, 'READ', { ...trigger, collection: 'triggers' });
    const { package: inPackage } = await entitlement.check(identity, 'READ', { ...action, collection: 'actions' });
    const foundTrigger = await this.findTrigger(trigger);
    if (foundTrigger === undefined)
      throw new Rejection(400, messages.triggerMissing(formatFullyQualifiedName(trigger)));
    const provider = inPackage?.provider;
    const key: EntityKey =
      provider === undefined ? action : { namespace: provider.namespace, package: provider.name, name: action.name };
    const foundAction = await artifacts.find(key);
    if (foundAction?.collection !== 'actions') {
      throw new Rejection(400, messages.actionMissing(formatFullyQualifiedName(action)));
    }
    return foundTrigger;
  }

  private async findTrigger(name: FullyQualifiedName): Promise<FoundTrigger | undefined> {
    const entity = await this.deps.artifacts.find(name);
    return entity?.collection === 'triggers' ? { entity, trigger: toTrigger(entity) } : undefined;
  }
}

/** `ns/rule`: the key of a rule in the links of its trigger. */
export function linkNameOf({ namespace, name }: Pick<WhiskRule, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** A rule whose trigger is missing, or has no link to it, is inactive (openwhisk-api.md §14.2). */
export function statusOf(rule: WhiskRule, found: FoundTrigger | undefined): RuleStatus {
  return linkOf(found?.trigger, linkNameOf(rule))?.status ?? 'inactive';
}
