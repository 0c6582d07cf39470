import type { Identity } from '../entity/identity.js';
import type { JsonObject, JsonValue } from '../entity/json.js';
import type { WhiskAction } from '../entity/whisk-action.js';

/** An action ready to run, with what the controller resolved for it. */
export interface ExecutableAction {
  /** The action with its own (unmerged) parameters; `exec` is never a sequence. */
  readonly action: WhiskAction;
  /** Grows with every write; part of the reuse key (action-interface.md §5.2). */
  readonly revision: number;
  /** Reads the code; called only when a container has to be initialized. */
  readonly code: () => Promise<string | undefined>;
  /** `ns/bindingPackage` when invoked through a binding. */
  readonly binding?: string;
  /**
   * Text that is different whenever the init parameters of action, package or binding are different: part of the reuse
   * key, so that a payload that overrides one of them is dropped in a warm container (openwhisk-api.md §8.6). Without it
   * the `initEnvironment` of the message is part of the key.
   */
  readonly initDefinition?: string;
}

/** One activation to run: what the reference's controller sends to its invoker. */
export interface ActivationMessage {
  readonly activationId: string;
  readonly transactionId: string;
  /** The invoker of the action; its namespace owns the record. */
  readonly identity: Identity;
  readonly executable: ExecutableAction;
  /** Merged arguments without init parameters; an array for array input (§8.5). */
  readonly content: JsonObject | readonly JsonValue[];
  /** Init parameters already turned to text (§8.6). */
  readonly initEnvironment: Readonly<Record<string, string>>;
  /** Epoch milliseconds at which the API received the request; waitTime counts from it. */
  readonly received: number;
  readonly cause?: string;
  readonly causedBySequence?: boolean;
  /** True when the caller got a 202 before this ran: the accepted activation is in the store. */
  readonly accepted?: boolean;
}
