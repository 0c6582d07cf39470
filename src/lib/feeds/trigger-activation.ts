import type { ActivationEntry, OpenActivation } from '../database/activation-store.js';
import { statusWords } from '../entity/activation.js';
import type { Identity } from '../entity/identity.js';
import { type JsonObject, stringifyJson } from '../entity/json.js';
import type { WhiskTrigger } from '../entity/whisk-trigger.js';

/** One fire of a trigger with at least one active rule. */
export interface TriggerActivation {
  readonly activationId: string;
  readonly trigger: Pick<WhiskTrigger, 'name' | 'version'>;
  readonly identity: Identity;
  /** Epoch milliseconds at which the fire was received. */
  readonly start: number;
  /** As posted, without the trigger's parameters. */
  readonly payload: JsonObject;
}

/** The fire as it is stored before it is answered (RS-102). */
export function openTriggerActivation(fired: TriggerActivation): OpenActivation {
  const { subject } = fired.identity;
  return { ...columnsOf(fired), template: stringifyJson({ ...headOf(fired), subject, logs: [] }) };
}

/**
 * The record of a fire, when all rules were seen to (openwhisk-api.md §13.4): no end, no duration, no cause; the result
 * is the payload.
 */
export function closedTriggerActivation(fired: TriggerActivation, logs: readonly string[]): ActivationEntry {
  const response = { status: statusWords[0], success: true, result: fired.payload };
  const head = headOf(fired);
  return {
    ...columnsOf(fired),
    record: stringifyJson({ ...head, subject: fired.identity.subject, logs, response }),
    summary: stringifyJson({ ...head, statusCode: 0 }),
  };
}

function headOf({ activationId, trigger, identity, start }: TriggerActivation): object {
  const { name, version } = trigger;
  return { namespace: identity.namespace, name, version, activationId, start, publish: false, annotations: [] };
}

/** Triggers have no package, so that the simple name finds their activations (openwhisk-api.md §10.4). */
function columnsOf({
  activationId,
  trigger,
  identity,
  start,
}: TriggerActivation): Pick<ActivationEntry, 'activationId' | 'namespace' | 'name' | 'package' | 'start'> {
  return { activationId, namespace: identity.namespace, name: trigger.name, package: '', start };
}
