import { isJsonObject, type JsonObject, type JsonValue } from '../entity/json.js';
import { type ListRecord, textOf } from './list-records.js';

/** Verbs that a route can have, lower case (§11.7). */
export const apiVerbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

/** One path and verb of an API. */
export interface ApiRoute {
  /** `/ns/[pkg/]name` of the action; empty when the document does not say. */
  readonly action: string;
  /** Lower case. */
  readonly verb: string;
  /** Title of the API. */
  readonly apiName: string;
  readonly basePath: string;
  readonly path: string;
  readonly url: string;
  /** What the gateway makes of the result, `http` or `json`; empty when the document does not say. */
  readonly responseType: string;
}

/** Which routes are meant; everything absent means all. */
export interface RouteFilter {
  readonly path?: string;
  /** Lower case. */
  readonly verb?: string;
}

/** The routes of an API (`value` of openwhisk-api.md §18.4) in the order of its document. */
export function routesOf(api: JsonObject, filter: RouteFilter = {}): readonly ApiRoute[] {
  const document = documentOf(api);
  const { info } = document;
  const general = {
    apiName: isJsonObject(info) ? (textOf(info, 'title') ?? '') : '',
    basePath: textOf(document, 'basePath') ?? '',
  };
  const url = (textOf(api, 'gwApiUrl') ?? '').replace(/\/$/, '');
  const paths = isJsonObject(document['paths']) ? Object.entries(document['paths']) : [];
  const operations = paths.flatMap(([path, item]) =>
    Object.entries(isJsonObject(item) ? item : {}).map(([verb, operation]) => ({ path, verb, operation })),
  );
  return operations
    .filter(({ verb }) => apiVerbs.some((known) => known === verb.toLowerCase()))
    .filter(({ path }) => filter.path === undefined || filter.path === path)
    .filter(({ verb }) => filter.verb === undefined || filter.verb === verb.toLowerCase())
    .map(({ path, verb, operation }) => ({
      ...{ ...general, path, verb: verb.toLowerCase(), url: `${url}${path}`, action: actionOf(operation) },
      responseType: responseTypeOf(operation),
    }));
}

/** The Swagger document of an API. */
export function documentOf({ apidoc }: ListRecord): JsonObject {
  return isJsonObject(apidoc) ? apidoc : {};
}

/** The extension of the address behind a route. */
function responseTypeOf(operation: JsonValue): string {
  const whisk = isJsonObject(operation) ? operation['x-openwhisk'] : undefined;
  const target = isJsonObject(whisk) ? (textOf(whisk, 'url') ?? '') : '';
  return /\.([a-z]+)$/.exec(target)?.[1] ?? '';
}

function actionOf(operation: JsonValue): string {
  const whisk = isJsonObject(operation) ? operation['x-openwhisk'] : undefined;
  if (!isJsonObject(whisk)) return '';
  const [namespace = '', inside = 'default', name = ''] = ['namespace', 'package', 'action'].map((part) =>
    textOf(whisk, part),
  );
  return `/${namespace}/${inside === 'default' || inside === '' ? '' : `${inside}/`}${name}`;
}
