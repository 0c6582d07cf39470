import { firstVersion, nextVersion, parseSemanticVersion } from '../entity/semantic-version.js';
import { hashesOf } from './deploy-record.js';
import type { DesiredState } from './desired-state.js';
import { type LiveEntity, liveOf, type LiveState } from './live-state.js';
import { requireOwnership, requireReplaceable } from './ownership.js';
import type { Drift, Plan, PlannedWrite } from './plan-model.js';
import { plannedRemovals } from './plan-removals.js';
import { entitiesOf, type PlannedEntity } from './planned-entity.js';
import { routeIsLive } from './route-state.js';

/** How a deploy is planned. */
export interface PlanOptions {
  /** Entities get the mark of the project, and those that have it and are no longer desired go (D-23, D-24). */
  readonly managed: boolean;
  /** Nothing is deleted: only a part of the project is deployed. */
  readonly partial: boolean;
  /** Unchanged entities are written too. */
  readonly full: boolean;
  /** Entities get the annotation `rt` (D-21); without it they are read and compared instead. */
  readonly record: boolean;
  /** Entities of other projects may be overwritten (D-25). */
  readonly takeOver: boolean;
}

/**
 * Compares what is desired with what is there (D-16, D-21). Pure. Throws RtError where entities belong to another project (D-25), and where
 * a package is in the way of a binding.
 */
export function planDeploy(desired: DesiredState, live: LiveState, options: PlanOptions): Plan {
  const entities = entitiesOf(desired);
  const project = desired.project?.name;
  if (!options.takeOver)
    requireOwnership(entities, live, { project, hint: 'rename them, or make them yours with --take-over' });
  requireReplaceable(entities, live);
  const writes = entities.map((entity) => plannedWrite(entity, live, { ...options, project }));
  const removes = options.managed && !options.partial && project !== undefined;
  const { removals, warnings } = removes ? plannedRemovals(project, entities, live) : { removals: [], warnings: [] };
  return {
    ...(desired.project === undefined ? {} : { project: desired.project }),
    managed: options.managed,
    record: options.record,
    namespace: live.namespace,
    writes,
    removals,
    drift: writes.flatMap(driftOf),
    warnings,
  };
}

function plannedWrite(
  entity: PlannedEntity,
  state: LiveState,
  options: PlanOptions & { readonly project: string | undefined },
): PlannedWrite {
  if (entity.thing === 'api') return plannedRoute(entity, state, options);
  const live = liveOf(entity, state);
  const hashes = hashesOf(entity);
  const given = 'version' in entity.wanted ? entity.wanted.version : undefined;
  const version = given === undefined ? versionAfter(live) : parseSemanticVersion(given);
  const common = { entity, hashes, version, fields: [], replace: false };
  if (live === undefined) return { ...common, op: 'create', sendPart: true, reasons: [] };
  const { record } = live;
  const untouched = record?.version === live.version;
  const marked = !options.managed || live.project === options.project;
  const same = options.record && untouched && record.hash === hashes.hash && marked && !options.full;
  return {
    ...common,
    op: same ? 'unchanged' : 'update',
    live,
    sendPart: !untouched || record.part !== hashes.part || options.full,
    replace: entity.thing === 'package' && 'binding' in entity.wanted !== live.bound,
    reasons: same ? [] : reasonsOf(live, marked, options),
  };
}

function plannedRoute(
  entity: Extract<PlannedEntity, { thing: 'api' }>,
  state: LiveState,
  { full }: PlanOptions,
): PlannedWrite {
  const route = state.apis.get(entity.name);
  const same = route !== undefined && !full && routeIsLive(entity.wanted, route, state.namespace);
  const op = route === undefined ? 'create' : same ? 'unchanged' : 'update';
  return { op, entity, hashes: { hash: '' }, version: '', sendPart: true, replace: false, reasons: [], fields: [] };
}

function versionAfter(live: LiveEntity | undefined): string {
  return live === undefined ? firstVersion : nextVersion(live.version);
}

function reasonsOf(
  live: LiveEntity,
  marked: boolean,
  options: PlanOptions & { project: string | undefined },
): string[] {
  const { record, project } = live;
  const taken = project !== undefined && project !== options.project;
  return [
    ...(taken ? [`takes over from project ${project}`] : []),
    ...(!marked && project === undefined ? ['adopts'] : []),
    ...(record !== undefined && record.version !== live.version ? [changedOutside(live.version, record.version)] : []),
    ...(options.full ? ['sent again (--full)'] : []),
  ];
}

function changedOutside(version: string, expected: string): string {
  return `changed outside rt: version ${version}, expected ${expected}`;
}

function driftOf({ entity: { thing, name }, live }: PlannedWrite): Drift[] {
  const expected = live?.record?.version;
  if (live === undefined || expected === undefined || expected === live.version) return [];
  return [{ thing, name, version: live.version, expected }];
}
