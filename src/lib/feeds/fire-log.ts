import { messages } from '../entity/messages.js';
import { actionPathOf, type MatchedRule } from './rule-matching.js';
import type { RuleOutcome } from './rule-invoker.js';

/** What a log entry says about one rule: 0 success, 1 refused, 3 failure of the platform (openwhisk-api.md §13.4). */
interface FireLogEntry {
  readonly rule: string;
  readonly action: string;
  readonly statusCode: 0 | 1 | 3;
  readonly success: boolean;
  readonly activationId?: string;
  readonly error?: string;
}

/** The log entry of a rule whose action was invoked, or refused. */
export function outcomeEntry(rule: MatchedRule, outcome: RuleOutcome): string {
  const head = { rule: rule.rule, action: actionPathOf(rule) };
  if ('activationId' in outcome) {
    return toText({ ...head, statusCode: 0, success: true, activationId: outcome.activationId });
  }
  return toText({ ...head, statusCode: outcome.status < 500 ? 1 : 3, success: false, error: outcome.error });
}

/** The log entry of a rule that is inactive while another one of the trigger is active. */
export function inactiveEntry(rule: MatchedRule): string {
  const action = actionPathOf(rule);
  const error = messages.ruleInactive(rule.rule, action);
  return toText({ rule: rule.rule, action, statusCode: 1, success: false, error });
}

function toText(entry: FireLogEntry): string {
  return JSON.stringify(entry);
}
