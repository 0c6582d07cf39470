import type { EntityKey, StoredEntity } from '../database/artifact-store.js';
import { type AtOnce, goOn } from '../entity/at-once.js';
import { messages } from '../entity/messages.js';
import type { WhiskAction } from '../entity/whisk-action.js';
import { Rejection } from '../errors/rejection.js';
import { toAction } from './action-documents.js';
import type { EntityCache } from './entity-cache.js';
import type { ApiRequest } from './route.js';

/** An action that was found, with its place and revision. */
export interface FoundAction {
  readonly entity: StoredEntity;
  readonly action: WhiskAction;
}

/** How often a read starts again because the action was changed while its code was being read. */
const maxAttempts = 5;

/** Finds actions and their code for the operations of the actions API. */
export class ActionReader {
  constructor(private readonly deps: { readonly artifacts: Pick<EntityCache, 'kept' | 'find' | 'code'> }) {}

  /** The action of a path; 404 when there is none, 409 when the name belongs to another collection (§5, §7.1). */
  find(request: ApiRequest): AtOnce<FoundAction> {
    return goOn(this.lookUp(keyOf(request)), (found) => {
      if (found === undefined) throw new Rejection(404, messages.notFound);
      return found;
    });
  }

  /** Like `find`, but an action that is not there is undefined. */
  lookUp(key: EntityKey): AtOnce<FoundAction | undefined> {
    return goOn(this.deps.artifacts.kept(key) ?? this.deps.artifacts.find(key), toFound);
  }

  /** An action together with the code of the same revision. */
  async findWithCode(request: ApiRequest): Promise<FoundAction & { readonly code?: string | undefined }> {
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const found = await this.find(request);
      const code = await this.codeOf(found.entity);
      if (code !== undefined || (await this.isCurrent(found.entity))) return { ...found, code };
    }
    throw new Rejection(409, messages.concurrentModification);
  }

  /** The code of the revision that was found; undefined when it has none or was changed meanwhile. */
  codeOf({ key, revision }: StoredEntity): Promise<string | undefined> {
    return this.deps.artifacts.code(key, revision);
  }

  private async isCurrent({ key, revision }: StoredEntity): Promise<boolean> {
    return (await this.deps.artifacts.find(key))?.revision === revision;
  }
}

function toFound(entity: StoredEntity | undefined): FoundAction | undefined {
  if (entity === undefined) return undefined;
  if (entity.collection !== 'actions') throw new Rejection(409, messages.conformance);
  return { entity, action: toAction(entity) };
}

/** Where the action of a path is stored: in the provider, when the path leads through a binding. */
export function keyOf({ namespace, name, access }: Pick<ApiRequest, 'namespace' | 'name' | 'access'>): EntityKey {
  const provider = access.package?.provider;
  return provider === undefined
    ? { namespace, package: '', name }
    : { namespace: provider.namespace, package: provider.name, name };
}
