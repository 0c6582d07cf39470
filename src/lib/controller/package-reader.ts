import type { ArtifactStore, EntityQuery } from '../database/artifact-store.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import { type Answer, countOf, listOf, ok } from './answer.js';
import { findEntity, keyOutsidePackages, listCollection } from './entity-lookup.js';
import {
  type FoundPackage,
  isListedForOthers,
  nameInSummary,
  toPackage,
  toPackageWithContents,
} from './package-documents.js';
import type { ApiRequest } from './route.js';

/** Finds and lists packages (openwhisk-api.md §16). */
export class PackageReader {
  constructor(private readonly deps: { readonly artifacts: ArtifactStore }) {}

  /** The package of a path; 404 when there is none, 409 when the name belongs to another collection. */
  async find(request: ApiRequest): Promise<FoundPackage> {
    const entity = await findEntity(this.deps.artifacts, 'packages', keyOutsidePackages(request));
    return { entity, found: toPackage(entity) };
  }

  /** `GET` of one; the right to read it, and its provider, was checked before (openwhisk-api.md §16.3). */
  async read(request: ApiRequest): Promise<Answer> {
    const { found } = await this.find(request);
    const through = request.access.package;
    if (through === undefined) throw new Rejection(404, messages.notFound);
    const { namespace, name } = through.provider;
    const contents = await this.all({ collection: 'actions', namespace, package: name });
    return ok(toPackageWithContents(found, through.parameters, contents));
  }

  /** `GET` of all; of other namespaces only public packages that are no bindings (openwhisk-api.md §4.3, §6.5). */
  async list(request: ApiRequest): Promise<Answer> {
    const { namespace, identity, query } = request;
    if (namespace === identity.namespace) return listCollection(this.deps.artifacts, 'packages', request);
    const { limit, skip } = query.range('packages');
    const count = query.boolean('count', false);
    const listed = (await this.all({ collection: 'packages', namespace })).filter(isListedForOthers);
    return count ? countOf('packages', listed.length, skip) : listOf(listed.slice(skip, skip + limit));
  }

  /** The simple names of the actions in a package. */
  async namesOfContents(namespace: string, name: string): Promise<string[]> {
    return (await this.all({ collection: 'actions', namespace, package: name })).map(nameInSummary);
  }

  /** The summaries of everything that a query is about. */
  private async all(query: EntityQuery): Promise<string[]> {
    const limit = await this.deps.artifacts.count(query);
    return this.deps.artifacts.list({ ...query, limit, skip: 0 });
  }
}
