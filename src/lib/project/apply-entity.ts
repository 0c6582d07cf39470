import { type CreateApiDeps, createRoute } from '../client/create-api.js';
import { deletePackage } from '../client/delete-package.js';
import { parsedOrUndefined, textOf } from '../client/list-records.js';
import type { NamespaceClients } from '../client/namespace-contents.js';
import { parseFullyQualifiedName } from '../entity/fully-qualified-name.js';
import { isJsonObject } from '../entity/json.js';
import { applyAction } from './apply-action.js';
import { applyTrigger } from './apply-trigger.js';
import type { DesiredApi } from './desired-state.js';
import { entityBody } from './entity-body.js';
import type { ApplyReport } from './outcome.js';
import type { Plan, PlannedWrite } from './plan-model.js';
import { absolute, placeOf, rooted } from './planned-entity.js';

/** What writing to a target takes. */
export interface ApplyDeps extends NamespaceClients, CreateApiDeps {
  /** The caller's key, with which feeds fire triggers. */
  readonly authKey: string;
  readonly report: ApplyReport;
  /** Ends everything at once (C-63). */
  readonly signal: AbortSignal;
}

/** Writes one entity so that it equals what is desired (D-16). Throws RtError. */
export async function applyEntity(write: PlannedWrite, plan: Plan, deps: ApplyDeps): Promise<void> {
  const { entity } = write;
  switch (entity.thing) {
    case 'package':
      return applyPackage(write, plan, deps);
    case 'action':
      return applyAction(write, plan, deps);
    case 'trigger':
      return applyTrigger(write, entity, plan, deps);
    case 'rule':
      return applyRule(write, plan, deps);
    case 'api':
      return applyRoute(entity.wanted, plan, deps);
  }
}

async function applyPackage(write: PlannedWrite, plan: Plan, { packages }: ApplyDeps): Promise<void> {
  const name = packages.resolve(placeOf(write.entity));
  if (write.replace) await deletePackage(name, packages);
  const { parts } = await entityBody(write, plan);
  await packages.put(name, parts.join(''), {
    overwrite: true,
    attempt: { what: `${write.op} package '${name.name}'` },
  });
}

/** A rule that the project has is active; it is enabled only where the host says that it is not (§1.4). */
async function applyRule(write: PlannedWrite, plan: Plan, { rules }: ApplyDeps): Promise<void> {
  const name = rules.resolve(placeOf(write.entity));
  const { parts } = await entityBody(write, plan);
  const attempt = { what: `${write.op} rule '${name.name}'` };
  const rule = parsedOrUndefined(await rules.put(name, parts.join(''), { overwrite: true, attempt }));
  if (isJsonObject(rule) && textOf(rule, 'status') === 'inactive') await rules.setStatus(name, 'active');
}

async function applyRoute(wanted: DesiredApi, { namespace }: Plan, deps: ApplyDeps): Promise<void> {
  const { name, basePath, path, method, action, response } = wanted;
  const route = {
    ...{ basePath: rooted(basePath), path: rooted(path), verb: method.toLowerCase(), apiName: name },
    action: parseFullyQualifiedName(absolute(action, namespace), namespace),
    responseType: response,
  };
  await createRoute(route, deps);
}
