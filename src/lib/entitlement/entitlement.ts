import type { ArtifactStore, EntityKey } from '../database/artifact-store.js';
import { type AtOnce, goOn } from '../entity/at-once.js';
import type { Identity } from '../entity/identity.js';
import { messages } from '../entity/messages.js';
import { mergeParameters } from '../entity/merge-arguments.js';
import type { NamespaceLimitsBook } from '../entity/namespace-limits.js';
import type { Parameter } from '../entity/parameters.js';
import { Rejection } from '../errors/rejection.js';
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

/** A package on the way to an action or to be read itself, resolved through a binding. */
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
      readonly limits: Pick<NamespaceLimitsBook, 'of'>;
    },
  ) {}

  /**
   * Refuses with 403, 404 or 409 as §4.4 says, and invocations and fires beyond a rate with 429. The own namespace is
   * free; of others only public packages can be read and listed, and the actions in them read and invoked.
   */
  check(identity: Identity, privilege: Privilege, resource: Resource): AtOnce<Access> {
    const found = this.entitle(identity, privilege, resource);
    const access: AtOnce<Access> = found === undefined ? {} : found.then((through) => ({ package: through }));
    return goOn(access, (given) => {
      if (privilege === 'ACTIVATE') this.count(identity.namespace, resource.collection);
      return given;
    });
  }

  /** Like `check`, but counts nothing: for what a request refers to, such as the components of a sequence (§4.4). */
  async resolve(identity: Identity, privilege: Privilege, resource: Resource): Promise<Access> {
    const found = this.entitle(identity, privilege, resource);
    return found === undefined ? {} : { package: await found };
  }

  /** Refuses kinds that are not on the list of the caller's namespace, where there is one (§4.4). */
  checkKind({ namespace }: Identity, kind: string): void {
    const { allowedKinds } = this.deps.limits.of(namespace);
    if (allowedKinds !== undefined && !allowedKinds.includes(kind)) {
      throw new Rejection(403, messages.kindNotAuthorized(kind));
    }
  }

  private entitle(identity: Identity, privilege: Privilege, resource: Resource): Promise<ResolvedPackage> | undefined {
    const own = resource.namespace === identity.namespace;
    const packaged = resource.collection === 'actions' && resource.package !== '';
    if (!own && !mayBeShared(privilege, resource)) {
      throw notAuthorized(resource.namespace, resource.package, resource.name);
    }
    return packaged || isPackageRead(privilege, resource) ? this.packageOf(identity, resource) : undefined;
  }

  /** What is counted: invocations and fires; changing the status of a rule is neither (§19.4). */
  private count(namespace: string, collection: string): void {
    if (collection === 'actions') this.deps.throttle.check(namespace);
    if (collection === 'triggers') this.deps.throttle.checkFire(namespace);
  }

  /** The package that a packaged action is in, or that is to be read itself; the texts differ (§4.4). */
  private packageOf(identity: Identity, resource: Resource): Promise<ResolvedPackage> {
    const { collection, namespace, name } = resource;
    return collection === 'packages'
      ? this.resolvePackage(identity, { namespace, package: name }, messages.resourceMissing(`${namespace}/${name}`))
      : this.resolvePackage(identity, resource, messages.notFound);
  }

  private async resolvePackage(
    identity: Identity,
    { namespace, package: name }: Pick<Resource, 'namespace' | 'package'>,
    missing: string,
  ): Promise<ResolvedPackage> {
    const found = await this.readable(identity, { namespace, package: '', name }, missing);
    if (found.binding === undefined) return { provider: { namespace, name }, parameters: found.parameters };
    const provider = await this.readable(identity, { ...found.binding, package: '' }, messages.notFound);
    if (provider.binding !== undefined) throw new Rejection(422, messages.circularBinding(name));
    return {
      provider: found.binding,
      parameters: mergeParameters([provider.parameters, found.parameters]),
      binding: `${namespace}/${name}`,
    };
  }

  /** A package that the caller may read, else `missing`. Existence of foreign ones is not leaked: 403 in every case. */
  private async readable(identity: Identity, key: EntityKey, missing: string): Promise<StoredPackage> {
    const { namespace, name } = key;
    const own = namespace === identity.namespace;
    const entity = await this.deps.artifacts.find(key);
    if (entity?.collection !== 'packages') {
      if (!own) throw notAuthorized(namespace, '', name);
      throw entity === undefined ? new Rejection(404, missing) : new Rejection(409, messages.conformance);
    }
    const found = toStoredPackage(entity);
    if (!own && !found.publish) throw notAuthorized(namespace, '', name);
    return found;
  }
}

/** Whether others than the owner may do this at all, given that the package is public (openwhisk-api.md §4.3). */
function mayBeShared(privilege: Privilege, resource: Resource): boolean {
  if (resource.collection === 'packages') return privilege === 'READ';
  const packaged = resource.collection === 'actions' && resource.package !== '';
  return packaged && (privilege === 'READ' || privilege === 'ACTIVATE');
}

/** Reading a package takes the right to read its provider too. */
function isPackageRead(privilege: Privilege, { collection, name }: Resource): boolean {
  return collection === 'packages' && privilege === 'READ' && name !== '';
}

/** Names the resource that was looked at: of a packaged action that is its package. */
function notAuthorized(namespace: string, packageName: string, name: string): Rejection {
  const entity = packageName === '' ? name : packageName;
  return new Rejection(403, messages.notAuthorized([entity === '' ? namespace : `${namespace}/${entity}`]));
}
