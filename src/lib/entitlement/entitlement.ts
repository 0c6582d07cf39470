import type { ArtifactStore, EntityKey } from '../database/artifact-store.js';
import type { Identity } from '../entity/identity.js';
import { messages } from '../entity/messages.js';
import { mergeParameters } from '../entity/merge-arguments.js';
import type { Parameter } from '../entity/parameters.js';
import { Rejection } from '../errors/rejection.js';
import type { NamespaceLimits } from './namespace-limits.js';
import { type StoredPackage, toStoredPackage } from './stored-package.js';
import type { Throttle } from './throttle.js';

/** What a caller wants to do. */
export type Privilege = 'READ' | 'PUT' | 'DELETE' | 'ACTIVATE';

/** What a request is about; `package` and `name` are `''` where the path has none. */
export interface Resource {
  readonly namespace: string;
  readonly collection: string;
  readonly package: string;
  readonly name: string;
}

/** A package on the way to an action, resolved through a binding. */
export interface ResolvedPackage {
  /** Where the actions are: the provider of a binding, else the package itself. */
  readonly provider: { readonly namespace: string; readonly name: string };
  /** Parameters of the package, overlaid by those of the binding. */
  readonly parameters: readonly Parameter[];
  /** `ns/bindingPackage` when the path named a binding. */
  readonly binding?: string;
}

/** What the check found out and what operations would otherwise look up again. */
export interface Access {
  readonly package?: ResolvedPackage;
}

/** Decides whether a subject may do something to a resource (openwhisk-api.md §4.3, §4.4, §19.4). */
export class Entitlement {
  constructor(
    private readonly deps: {
      readonly artifacts: Pick<ArtifactStore, 'find'>;
      readonly throttle: Throttle;
      readonly limits: NamespaceLimits;
    },
  ) {}

  /**
   * Refuses with 403, 404 or 409 as §4.4 says, and invocations beyond a rate with 429. The own namespace is free; of
   * others only actions in public packages can be read and invoked.
   */
  async check(identity: Identity, privilege: Privilege, resource: Resource): Promise<Access> {
    const own = resource.namespace === identity.namespace;
    const packaged = resource.collection === 'actions' && resource.package !== '';
    const mayBeShared = packaged && (privilege === 'READ' || privilege === 'ACTIVATE');
    if (!own && !mayBeShared) throw notAuthorized(resource.namespace, resource.package, resource.name);
    const access = packaged ? { package: await this.resolvePackage(identity, resource) } : {};
    if (privilege === 'ACTIVATE') this.deps.throttle.check(identity.namespace);
    return access;
  }

  /** Refuses kinds that are not on the list of the namespace, where there is one (§4.4). */
  checkKind(kind: string): void {
    const { allowedKinds } = this.deps.limits;
    if (allowedKinds !== undefined && !allowedKinds.includes(kind)) {
      throw new Rejection(403, messages.kindNotAuthorized(kind));
    }
  }

  private async resolvePackage(identity: Identity, resource: Resource): Promise<ResolvedPackage> {
    const { namespace, package: name } = resource;
    const found = await this.readable(identity, namespace, name);
    if (found.binding === undefined) return { provider: { namespace, name }, parameters: found.parameters };
    const provider = await this.readable(identity, found.binding.namespace, found.binding.name);
    if (provider.binding !== undefined) throw new Rejection(422, messages.circularBinding(name));
    return {
      provider: found.binding,
      parameters: mergeParameters([provider.parameters, found.parameters]),
      binding: `${namespace}/${name}`,
    };
  }

  /** A package that the caller may read. Existence of foreign ones is not leaked: 403 in every case. */
  private async readable(identity: Identity, namespace: string, name: string): Promise<StoredPackage> {
    const own = namespace === identity.namespace;
    const key: EntityKey = { namespace, package: '', name };
    const entity = await this.deps.artifacts.find(key);
    if (entity?.collection !== 'packages') {
      if (!own) throw notAuthorized(namespace, '', name);
      throw entity === undefined ? new Rejection(404, messages.notFound) : new Rejection(409, messages.conformance);
    }
    const found = toStoredPackage(entity);
    if (!own && !found.publish) throw notAuthorized(namespace, '', name);
    return found;
  }
}

/** Names the resource that was looked at: of a packaged action that is its package. */
function notAuthorized(namespace: string, packageName: string, name: string): Rejection {
  const entity = packageName === '' ? name : packageName;
  return new Rejection(403, messages.notAuthorized([entity === '' ? namespace : `${namespace}/${entity}`]));
}
