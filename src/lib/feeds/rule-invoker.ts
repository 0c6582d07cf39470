import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import type { Identity } from '../entity/identity.js';
import type { JsonObject } from '../entity/json.js';

/** One action that a fired trigger runs. */
export interface RuleCall {
  /** Who fired the trigger; the activation is theirs. */
  readonly identity: Identity;
  /** That of the fire: both activations share it (openwhisk-api.md §13.4). */
  readonly transactionId: string;
  /** Epoch milliseconds at which the fire was received. */
  readonly received: number;
  readonly action: FullyQualifiedName;
  readonly payload: JsonObject;
}

/** Whether the action was accepted; a refusal is told as the REST API would tell it. */
export type RuleOutcome =
  | { readonly activationId: string }
  | {
      /** HTTP status of the refusal. */
      readonly status: number;
      readonly error: string;
    };

/** Invokes the actions of rules, with the rights and rates of a non-blocking invocation. Never rejects. */
export interface RuleInvoker {
  invoke(call: RuleCall): Promise<RuleOutcome>;
}
