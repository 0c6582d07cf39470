import type { SubjectStore } from '../../database/subject-store.js';
import type { Access, Entitlement } from '../../entitlement/entitlement.js';
import { isEntityName } from '../../entity/entity-name.js';
import type { Identity } from '../../entity/identity.js';
import type { JsonValue } from '../../entity/json.js';
import { messages } from '../../entity/messages.js';
import { annotationValue } from '../../entity/parameters.js';
import { Rejection } from '../../errors/rejection.js';
import { type ActionReader, type FoundAction, keyOf } from '../action-reader.js';
import type { WebTarget } from './web-target.js';

/** A web action with the one who owns its address, in whose namespace it runs. */
export interface ExportedAction {
  readonly owner: Identity;
  readonly found: FoundAction;
  readonly access: Access;
  /** `raw-http`: query and body are passed on undecoded. */
  readonly raw: boolean;
  /** `web-custom-options`: it answers `OPTIONS` itself and sends its own CORS headers. */
  readonly ownOptions: boolean;
  /** The value of `require-whisk-auth`. */
  readonly requiredAuth: JsonValue | undefined;
}

interface Deps {
  readonly subjects: Pick<SubjectStore, 'ofNamespace'>;
  readonly entitlement: Pick<Entitlement, 'resolve'>;
  readonly reader: Pick<ActionReader, 'lookUp'>;
}

/** Finds the actions that anybody may call (openwhisk-api.md §17.3, §17.4). */
export class ExportedActions {
  constructor(private readonly deps: Deps) {}

  /** One 404 whatever is missing, so that nothing about a foreign namespace is told. */
  async find(target: WebTarget): Promise<ExportedAction> {
    const exported = await this.lookUp(target).catch((error: unknown) => {
      if (error instanceof Rejection) return undefined;
      throw error;
    });
    if (exported === undefined) throw new Rejection(404, messages.notFound);
    return exported;
  }

  private async lookUp(target: WebTarget): Promise<ExportedAction | undefined> {
    const { namespace, package: packageName, name } = target;
    const names = packageName === '' ? [namespace, name] : [namespace, packageName, name];
    const owner = names.every(isEntityName) ? await this.deps.subjects.ofNamespace(namespace) : undefined;
    if (owner === undefined) return undefined;
    // The owner's rights count: the package may be private, and may be a binding.
    const resource = { namespace, collection: 'actions', package: packageName, name };
    const access = await this.deps.entitlement.resolve(owner, 'ACTIVATE', resource);
    const found = await this.deps.reader.lookUp(keyOf({ ...resource, access }));
    return found === undefined ? undefined : toExported(owner, found, access);
  }
}

/** Only the action's own annotations count, not those of its package or binding (§17.1). */
function toExported(owner: Identity, found: FoundAction, access: Access): ExportedAction | undefined {
  const { annotations } = found.action;
  if (annotationValue(annotations, 'web-export') !== true) return undefined;
  return {
    owner,
    found,
    access,
    raw: annotationValue(annotations, 'raw-http') === true,
    ownOptions: annotationValue(annotations, 'web-custom-options') === true,
    requiredAuth: annotationValue(annotations, 'require-whisk-auth'),
  };
}
