import { UsageError } from '../errors/client-errors.js';
import type { ActivationFilter, ActivationsClient } from './activations-client.js';
import { annotationOf, type ListRecord, textOf } from './list-records.js';

/** An activation by id, or the newest, of one action (`name`) or of all. */
export type WantedActivation =
  | { readonly type: 'id'; readonly id: string; readonly namespace: string }
  | { readonly type: 'latest'; readonly name?: string; readonly namespace: string };

/** An activation that was found. */
export interface FoundActivation {
  readonly activationId: string;
  /** Name of the action; empty for an activation by id, which is not looked up. */
  readonly name: string;
  readonly namespace: string;
}

/** Records that are searched for activations of actions; a namespace may have many of triggers between them. */
const searched = 200;

/** The one activation that is meant. Throws UsageError when there is none. */
export async function findActivation(
  wanted: WantedActivation,
  activations: ActivationsClient,
): Promise<FoundActivation> {
  const [found] = await findActivations(wanted, 1, activations);
  if (found === undefined) throw new UsageError('Activation list does not contain any activations.');
  return found;
}

/**
 * The activations that are meant: one for an id, up to `count` of the newest otherwise, newest first. Those of triggers do not
 * count (C-67). Throws UsageError when there are none.
 */
export async function findActivations(
  wanted: WantedActivation,
  count: number,
  activations: ActivationsClient,
): Promise<readonly FoundActivation[]> {
  const namespace = activations.namespace(wanted.namespace);
  if (wanted.type === 'id') return [{ activationId: wanted.id, name: '', namespace }];
  const filter: ActivationFilter = { namespace, ...(wanted.name === undefined ? {} : { name: wanted.name }) };
  const first = await activations.list(filter, { limit: Math.min(count, searched), skip: 0 });
  const few = first.length === count && first.filter(isOfAction).length < count;
  const records = few ? await activations.list(filter, { limit: searched, skip: 0 }) : first;
  const found = records.filter(isOfAction).slice(0, count);
  if (found.length === 0) throw new UsageError('Activation list does not contain any activations.');
  return found.map((record) => ({
    activationId: textOf(record, 'activationId') ?? '',
    name: textOf(record, 'name') ?? '',
    namespace,
  }));
}

/** Activations of triggers name no path. */
function isOfAction(record: ListRecord): boolean {
  return annotationOf(record, 'path') !== undefined && textOf(record, 'activationId') !== undefined;
}
