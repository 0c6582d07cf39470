import { UsageError } from '../errors/client-errors.js';
import { compareLive } from './compare-live.js';
import type { DesiredState } from './desired-state.js';
import { readLiveState } from './live-state.js';
import { requireOwnership } from './ownership.js';
import { planDeploy, type PlanOptions } from './plan.js';
import type { Plan } from './plan-model.js';
import { namedRemovals, plannedRemovals } from './plan-removals.js';
import { entitiesOf } from './planned-entity.js';
import type { ProjectTarget } from './project-target.js';
import { isPartial, type Selection, selectPart } from './selection.js';

/** What a deploy is asked to do. */
export interface DeployOptions extends Omit<PlanOptions, 'partial'> {
  readonly selection: Selection;
  /** A project without a single entity is meant so (D-26). */
  readonly allowEmpty: boolean;
  /** Requests at a time. */
  readonly jobs: number;
  /** Read what is there, to show which fields change. */
  readonly fields: boolean;
}

/**
 * Plans a deploy with the lists of the target alone, where every entity has its record and no fields are asked for (D-21). Throws UsageError
 * for what can be said without a request, RtError for entities of others (D-25).
 */
export async function planProject(desired: DesiredState, options: DeployOptions, target: ProjectTarget): Promise<Plan> {
  requireName(desired, options);
  const partial = isPartial(options.selection);
  const part = selectPart(desired, options.selection);
  if (entitiesOf(part).length === 0 && !options.allowEmpty) {
    throw new UsageError('The project is empty: it has nothing to deploy', {
      hint: 'if everything is meant to go, say so with --allow-empty',
    });
  }
  const withApis = part.apis.length > 0;
  const live = await readLiveState({ namespace: target.clients.rules.namespace('_'), withApis }, target);
  const plan = planDeploy(part, live, { ...options, partial });
  const compared = options.fields || !options.record;
  return compared ? compareLive(plan, { jobs: options.jobs, ...originsOf(part) }, target.clients) : plan;
}

/**
 * Plans the removal of a project: of the entities that a manifest names, as far as they exist, or, without one, of all that carry the name of
 * the project (D-27). Throws RtError for entities of others.
 */
export async function planUndeploy(
  what: { readonly desired: DesiredState } | { readonly project: string },
  options: { readonly selection: Selection },
  target: ProjectTarget,
): Promise<Plan> {
  const part = 'desired' in what ? selectPart(what.desired, options.selection) : undefined;
  const namespace = target.clients.rules.namespace('_');
  const live = await readLiveState({ namespace, withApis: part !== undefined && part.apis.length > 0 }, target);
  const common = { managed: true, record: true, namespace: live.namespace, writes: [], drift: [] };
  if ('project' in what) return { ...common, ...plannedRemovals(what.project, [], live) };
  const entities = entitiesOf(part ?? what.desired);
  const hint = 'to delete what belongs to a project, name it with --projectname';
  requireOwnership(entities, live, { project: what.desired.project?.name, hint });
  const { project } = what.desired;
  return { ...common, ...(project === undefined ? {} : { project }), ...namedRemovals(entities, live) };
}

function originsOf({ origins }: DesiredState): Pick<DesiredState, 'origins'> {
  return origins === undefined ? {} : { origins };
}

function requireName({ project }: DesiredState, { managed }: DeployOptions): void {
  if (!managed || project !== undefined) return;
  throw new UsageError('project-name-missing: a managed project needs a name', {
    hint: 'give it one with project: name: in the manifest, or with --projectname',
  });
}
