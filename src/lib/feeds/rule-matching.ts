import { type EntityPath, fromEntityPath } from '../entity/entity-path.js';
import { formatPath, type FullyQualifiedName } from '../entity/fully-qualified-name.js';
import type { JsonObject } from '../entity/json.js';
import type { WhiskTrigger } from '../entity/whisk-trigger.js';

/** A rule of a trigger that is fired. */
export interface MatchedRule {
  /** `ns/rule`. */
  readonly rule: string;
  readonly action: FullyQualifiedName;
  /** Inactive rules run nothing, but are mentioned in the log of the fire (openwhisk-api.md §13.4). */
  readonly active: boolean;
}

/** The rules that a fire concerns: all of the trigger, or none when not one is active (openwhisk-api.md §13.3). */
export function matchRules({ rules = {} }: Pick<WhiskTrigger, 'rules'>): MatchedRule[] {
  const matched = Object.entries(rules).map(([rule, { action, status }]) =>
    toMatched(rule, action, status === 'active'),
  );
  return matched.some(({ active }) => active) ? matched : [];
}

/** What the actions of the rules get: trigger parameters, below the headers, below the payload (openwhisk-api.md §13.3). */
export function fireArguments(
  trigger: Pick<WhiskTrigger, 'parameters'>,
  headers: Readonly<Record<string, string>>,
  payload: JsonObject,
): JsonObject {
  const parameters = Object.fromEntries(trigger.parameters.map(({ key, value }) => [key, value]));
  return { ...parameters, __ow_headers: headers, ...payload };
}

/** `ns/[pkg/]name` of a rule's action, as logs show it. */
export function actionPathOf({ action }: MatchedRule): string {
  return formatPath(action);
}

function toMatched(rule: string, action: EntityPath, active: boolean): MatchedRule {
  return { rule, action: fromEntityPath(action), active };
}
