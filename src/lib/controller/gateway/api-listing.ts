import type { StoredApi } from '../../database/api-store.js';
import { isJsonObject, type JsonObject, parseJson } from '../../entity/json.js';
import { narrowed, titleOf } from './swagger-document.js';

/** Which routes of which APIs are meant (openwhisk-api.md §18.1). */
export interface ApiFilter {
  /** A base path, or, when it does not start with `/`, a title; absent: all APIs. */
  readonly basepath?: string;
  readonly relpath?: string;
  /** Lower case. */
  readonly operation?: string;
}

/** A stored API with its document read. */
export interface ReadApi {
  readonly basePath: string;
  readonly document: JsonObject;
}

/** Reads a stored document; it was written by this platform. */
export function readApi({ basePath, document }: StoredApi): ReadApi {
  const value = parseJson(document);
  return { basePath, document: isJsonObject(value) ? value : {} };
}

/** Whether an API is the one that a filter names. */
export function isNamed({ basePath, document }: ReadApi, name: string | undefined): boolean {
  if (name === undefined) return true;
  return name.startsWith('/') ? basePath === name : titleOf(document) === name;
}

/** The APIs that a filter finds, with the routes it asks for only. */
export function filterApis(
  apis: readonly StoredApi[],
  { basepath, relpath, operation }: ApiFilter,
): readonly ReadApi[] {
  const found = apis.map(readApi).filter((api) => isNamed(api, basepath));
  if (relpath === undefined) return found;
  return found.flatMap(({ basePath, document }) => {
    const part = narrowed(document, relpath, operation);
    return part === undefined ? [] : [{ basePath, document: part }];
  });
}

/** One API as clients see it (openwhisk-api.md §18.4); the endpoint of a route is `gwApiUrl` and its relative path. */
export function toApiValue(url: string, { basePath, document }: ReadApi): JsonObject {
  return {
    namespace: 'Not Used',
    gwApiActivated: true,
    tenantId: 'Not Used',
    gwApiUrl: `${url}${basePath}`,
    apidoc: document,
  };
}
