import { UsageError } from '../errors/client-errors.js';
import type { ActivationFilter, ActivationsClient } from './activations-client.js';
import { annotationOf, type ListRecord, textOf } from './list-records.js';

/** An activation by id, or the newest of those that the filter leaves and `keep` accepts. */
export type WantedActivation =
  | { readonly type: 'id'; readonly id: string; readonly namespace: string }
  | ({ readonly type: 'latest'; readonly keep?: ((record: ListRecord) => boolean) | undefined } & ActivationFilter);

/** An activation that was found. */
export interface FoundActivation {
  readonly activationId: string;
  /** Name of the action; empty for an activation by id, which is not looked up. */
  readonly name: string;
  readonly namespace: string;
}

/** Records of one request. */
const pageSize = 200;

/** Records that are searched at most: a namespace may have many of triggers, or of other packages, between those that are meant. */
const searched = 2000;

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
  if (count === 0) return [];
  const { type: _type, keep, ...filter } = wanted;
  const found = await newestActivations({ ...filter, namespace }, { count, keep }, activations);
  if (found.length === 0) throw new UsageError('Activation list does not contain any activations.');
  return found.map((record) => ({
    activationId: textOf(record, 'activationId') ?? '',
    name: textOf(record, 'name') ?? '',
    namespace,
  }));
}

/** Up to `count` summaries, newest first, of activations of actions that `keep` accepts. */
export async function newestActivations(
  filter: ActivationFilter,
  { count, keep }: { readonly count: number; readonly keep?: ((record: ListRecord) => boolean) | undefined },
  activations: ActivationsClient,
): Promise<readonly ListRecord[]> {
  const accepted = (record: ListRecord): boolean => isOfAction(record) && keep?.(record) !== false;
  const first = await activations.list(filter, { limit: Math.min(count, pageSize), skip: 0 });
  const kept = first.filter(accepted);
  if (kept.length >= count || first.length < Math.min(count, pageSize)) return kept;
  const found: ListRecord[] = [];
  for (let skip = 0; found.length < count && (skip < searched || filter.since !== undefined); skip += pageSize) {
    const page = await activations.list(filter, { limit: pageSize, skip });
    found.push(...page.filter(accepted));
    if (page.length < pageSize) break;
  }
  return found.slice(0, count);
}

/** Activations of triggers name no path. */
export function isOfAction(record: ListRecord): boolean {
  return annotationOf(record, 'path') !== undefined && textOf(record, 'activationId') !== undefined;
}
