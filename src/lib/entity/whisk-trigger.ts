import type { EntityPath } from './entity-path.js';
import type { KeyValue, Parameter } from './parameters.js';

/** Whether a rule takes part in firings (openwhisk-api.md §14.3). */
export type RuleStatus = 'active' | 'inactive';

/** What a trigger knows of a rule: the rule's status is stored here and nowhere else (openwhisk-api.md §14.2). */
export interface RuleLink {
  readonly action: EntityPath;
  readonly status: RuleStatus;
}

/** Rules of a trigger by `ns/rule`. */
export type RuleLinks = Readonly<Record<string, RuleLink>>;

/** A trigger as stored and shown (openwhisk-api.md §13.2). */
export interface WhiskTrigger {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly publish: boolean;
  readonly parameters: readonly Parameter[];
  readonly annotations: readonly KeyValue[];
  /** Always empty; triggers have no limits. */
  readonly limits: Readonly<Record<string, never>>;
  /** Absent until a rule was attached for the first time. */
  readonly rules?: RuleLinks;
  /** Epoch milliseconds of the last write of the trigger itself; attaching a rule is none. */
  readonly updated: number;
}

/** A trigger with a link to a rule, or with another one in its place. */
export function withLink(trigger: WhiskTrigger, rule: string, link: RuleLink): WhiskTrigger {
  return { ...trigger, rules: { ...trigger.rules, [rule]: link } };
}

/** A trigger without the link to a rule; the map stays, maybe empty (openwhisk-api.md §13.2). */
export function withoutLink(trigger: WhiskTrigger, rule: string): WhiskTrigger {
  if (trigger.rules === undefined) return trigger;
  return { ...trigger, rules: Object.fromEntries(Object.entries(trigger.rules).filter(([name]) => name !== rule)) };
}

/** The link of a rule; undefined when the trigger has none. */
export function linkOf(trigger: WhiskTrigger | undefined, rule: string): RuleLink | undefined {
  return trigger?.rules !== undefined && Object.hasOwn(trigger.rules, rule) ? trigger.rules[rule] : undefined;
}
