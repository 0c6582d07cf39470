import type { ArtifactStore, Collection, EntityKey, StoredEntity } from '../database/artifact-store.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import { type Answer, countOf, listOf } from './answer.js';
import type { ApiRequest } from './route.js';

/** The entity of a name, undefined when there is none; 409 when the name belongs to another collection (openwhisk-api.md §5). */
export async function lookUpEntity(
  artifacts: ArtifactStore,
  collection: Collection,
  key: EntityKey,
): Promise<StoredEntity | undefined> {
  const entity = await artifacts.find(key);
  if (entity !== undefined && entity.collection !== collection) throw new Rejection(409, messages.conformance);
  return entity;
}

/** Like `lookUpEntity`, but what is not there is a 404. */
export async function findEntity(
  artifacts: ArtifactStore,
  collection: Collection,
  key: EntityKey,
): Promise<StoredEntity> {
  const entity = await lookUpEntity(artifacts, collection, key);
  if (entity === undefined) throw new Rejection(404, messages.notFound);
  return entity;
}

/** Where the entity of a path outside packages is stored. */
export function keyOutsidePackages({ namespace, name }: Pick<ApiRequest, 'namespace' | 'name'>): EntityKey {
  return { namespace, package: '', name };
}

/** The list or the count of a collection of the own namespace (openwhisk-api.md §6.5). */
export async function listCollection(
  artifacts: ArtifactStore,
  collection: Collection,
  { namespace, query }: ApiRequest,
): Promise<Answer> {
  const range = query.range(collection);
  const asked = { collection, namespace };
  if (query.boolean('count', false)) return countOf(collection, await artifacts.count(asked), range.skip);
  return listOf(await artifacts.list({ ...asked, ...range }));
}
