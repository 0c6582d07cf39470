import { isJsonObject, type JsonObject, type JsonValue } from '../../entity/json.js';
import type { WebExtension } from '../web/web-target.js';
import type { RouteDefinition } from './route-definition.js';

/** Suffix of a target that receives the path of the request (openwhisk-api.md §18.4). */
export const requestPathMark = '$(request.path)';

/** Where header values are set, in `set-variable`. */
export const headerMark = 'message.headers.';

const configurationKey = 'x-ibm-configuration';

/** One operation of an API with the case that says where it leads. */
export interface DocumentedOperation {
  readonly path: string;
  /** Lower case. */
  readonly verb: string;
  readonly operation: JsonObject;
  /** `execute` of its case; empty when the document has none for it. */
  readonly execute: readonly JsonValue[];
}

/** An API without routes (openwhisk-api.md §18.4). */
export function emptyDocument(basePath: string, title: string): JsonObject {
  return { swagger: '2.0', basePath, info: { title, version: '1.0.0' }, paths: {}, ...configuration({}, []) };
}

/** The document with one more route; the same path and verb is replaced (openwhisk-api.md §18.2). */
export function withRoute(document: JsonObject, route: RouteDefinition, extension: WebExtension): JsonObject {
  const { path, verb } = route;
  const item = memberOf(pathsOf(document), path);
  const paths = {
    ...pathsOf(document),
    [path]: { ...(isJsonObject(item) ? item : {}), [verb]: toOperation(route, extension) },
  };
  const cases = casesOf(document).filter((candidate) => !isFor(candidate, path, verb));
  return { ...document, paths, ...configuration(document, [...cases, toCase(route, extension)]) };
}

/** The document without a path, or without one verb of it; undefined when it has no such thing. */
export function withoutRoute(document: JsonObject, path: string, verb: string | undefined): JsonObject | undefined {
  const item = memberOf(pathsOf(document), path);
  if (!isJsonObject(item) || (verb !== undefined && memberOf(item, verb) === undefined)) return undefined;
  const verbs = Object.entries(item).filter(([name]) => verb !== undefined && name !== verb);
  const others = Object.entries(pathsOf(document)).filter(([name]) => name !== path);
  const left = verbs.length === 0 ? [] : [[path, Object.fromEntries(verbs)] as const];
  const cases = casesOf(document).filter((candidate) => !isFor(candidate, path, verb));
  return { ...document, paths: Object.fromEntries([...others, ...left]), ...configuration(document, cases) };
}

/** The document with the paths and verbs that were asked for only; undefined when there are none. */
export function narrowed(document: JsonObject, path: string, verb: string | undefined): JsonObject | undefined {
  const item = memberOf(pathsOf(document), path);
  if (!isJsonObject(item)) return undefined;
  if (verb === undefined) return { ...document, paths: { [path]: item } };
  const operation = memberOf(item, verb);
  return operation === undefined ? undefined : { ...document, paths: { [path]: { [verb]: operation } } };
}

/** The paths of a document; empty when it has none. */
export function pathsOf(document: JsonObject): JsonObject {
  return isJsonObject(document['paths']) ? document['paths'] : {};
}

/** The title of an API; `''` when the document has none. */
export function titleOf({ info }: JsonObject): string {
  const title = isJsonObject(info) ? info['title'] : undefined;
  return typeof title === 'string' ? title : '';
}

/** All operations of a document. */
export function operationsOf(document: JsonObject): DocumentedOperation[] {
  const cases = casesOf(document);
  return Object.entries(pathsOf(document)).flatMap(([path, item]) =>
    Object.entries(isJsonObject(item) ? item : {}).flatMap(([verb, operation]) => {
      // Beside the verbs stand `parameters` and extensions.
      if (!isJsonObject(operation) || verb.startsWith('x-')) return [];
      const execute = cases.find((candidate) => isFor(candidate, path, verb))?.['execute'];
      return [{ path, verb: verb.toLowerCase(), operation, execute: itemsOf(execute) }];
    }),
  );
}

/** Whether the gateway answers `OPTIONS` itself and allows other sites (openwhisk-api.md §18.6). */
export function allowsOtherSites(document: JsonObject): boolean {
  const setup = document[configurationKey];
  const cors = isJsonObject(setup) ? setup['cors'] : undefined;
  return isJsonObject(cors) && cors['enabled'] === true;
}

/** A member that is there itself: names of paths are foreign text, and every object inherits some (RS-204). */
export function memberOf(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The items of an array; none for anything else. */
export function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : [];
}

function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function toOperation({ path, verb, action, pathParameters }: RouteDefinition, extension: WebExtension): JsonObject {
  const { namespace, package: packageName, name } = action;
  return {
    operationId: `${verb}/${path}`
      .split(/[^\w]+/)
      .map((word, at) => (at === 0 ? word : `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`))
      .join(''),
    ...(pathParameters.length === 0 ? {} : { parameters: pathParameters }),
    'x-openwhisk': { namespace, action: name, package: packageName, url: urlOf(action, extension) },
    responses: { default: { description: 'Default response' } },
  };
}

function toCase({ path, verb, action }: RouteDefinition, extension: WebExtension): JsonObject {
  const { secureKey } = action;
  const secure = { set: `${headerMark}X-Require-Whisk-Auth`, value: secureKey ?? '' };
  const url = `${urlOf(action, extension)}${extension === 'http' ? requestPathMark : ''}`;
  return {
    execute: [
      ...(secureKey === undefined ? [] : [{ 'set-variable': { actions: [secure] } }]),
      { invoke: { 'target-url': url, verb: 'keep' } },
    ],
    operations: [{ path, verb }],
  };
}

function urlOf(action: RouteDefinition['action'], extension: WebExtension): string {
  return `${action.origin}/api/v1/web/${action.namespace}/${action.package}/${action.name}.${extension}`;
}

/** What an imported document says about other sites is kept. */
function configuration(document: JsonObject, cases: readonly JsonValue[]): JsonObject {
  const before = document[configurationKey];
  const cors = isJsonObject(before) ? before['cors'] : undefined;
  const assembly = { execute: [{ 'operation-switch': { case: cases } }] };
  return { [configurationKey]: { assembly, cors: cors ?? { enabled: true } } };
}

function casesOf(document: JsonObject): JsonObject[] {
  const setup = document[configurationKey];
  const assembly = isJsonObject(setup) ? setup['assembly'] : undefined;
  return itemsOf(isJsonObject(assembly) ? assembly['execute'] : undefined).flatMap((step) => {
    const choice = isJsonObject(step) ? step['operation-switch'] : undefined;
    return itemsOf(isJsonObject(choice) ? choice['case'] : undefined).filter(isJsonObject);
  });
}

function isFor(candidate: JsonObject, path: string, verb: string | undefined): boolean {
  return itemsOf(candidate['operations']).some(
    (operation) =>
      isJsonObject(operation) && operation['path'] === path && (verb === undefined || operation['verb'] === verb),
  );
}
