import { MalformedContent } from '../errors/rejection.js';
import { type GivenFields, parseGivenFields } from './entity-fields.js';
import { type EntityPath, parsePathReference } from './entity-path.js';
import type { FullyQualifiedName } from './fully-qualified-name.js';
import { type JsonObject, stringifyJson } from './json.js';
import { messages } from './messages.js';
import type { KeyValue } from './parameters.js';
import type { RuleStatus } from './whisk-trigger.js';

/** A rule as stored: its status is kept by its trigger (openwhisk-api.md §14.2). */
export interface WhiskRule {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly publish: boolean;
  readonly annotations: readonly KeyValue[];
  /** Epoch milliseconds of the last write. */
  readonly updated: number;
  readonly trigger: EntityPath;
  readonly action: EntityPath;
}

/** The body of a `PUT` on a rule, parsed; only what the client gave. */
export interface RuleBody extends Omit<GivenFields, 'parameters'> {
  readonly trigger?: FullyQualifiedName;
  readonly action?: FullyQualifiedName;
}

/** Reads the body of a `PUT` on a rule; unknown fields are ignored. Throws MalformedContent, or 413 for sizes. */
export function parseRuleBody(body: JsonObject, callerNamespace: string): RuleBody {
  const { parameters: _ignored, trigger, action, ...fields } = body;
  return {
    ...parseGivenFields(fields),
    ...(trigger === undefined ? {} : { trigger: parsePathReference(trigger, callerNamespace) }),
    ...(action === undefined ? {} : { action: parsePathReference(action, callerNamespace) }),
  };
}

/** Reads the body of a `POST` on a rule: the status it shall have. Throws MalformedContent (openwhisk-api.md §14.3). */
export function parseRuleStatus(body: JsonObject): RuleStatus {
  const { status } = body;
  if (status === 'active' || status === 'inactive') return status;
  if (status === undefined) throw new MalformedContent(messages.ruleStatusMissing);
  throw new MalformedContent(
    messages.ruleStatusUnknown(typeof status === 'string' ? status : stringifyJson([status]).slice(1, -1)),
  );
}
