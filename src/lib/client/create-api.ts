import { formatFullyQualifiedName, type FullyQualifiedName } from '../entity/fully-qualified-name.js';
import { isJsonObject, type JsonObject, type JsonValue, parseJson, stringifyJson } from '../entity/json.js';
import { UsageError } from '../errors/client-errors.js';
import { isWebAction } from './action-url.js';
import type { ActionsClient } from './actions-client.js';
import type { ApisClient } from './apis-client.js';
import { entityName } from './entity-collection.js';
import { annotationOf, textOf } from './list-records.js';
import type { WhiskClient } from './whisk-client.js';

/** A route to create. */
export interface NewRoute {
  readonly basePath: string;
  readonly path: string;
  /** Lower case. */
  readonly verb: string;
  /** As typed: `_` stands for the namespace of the key. */
  readonly action: FullyQualifiedName;
  /** Title of the API, when it is to be another than the base path. */
  readonly apiName?: string | undefined;
  readonly responseType: string;
}

/** What creating a route takes. */
export interface CreateApiDeps {
  readonly client: WhiskClient;
  readonly actions: ActionsClient;
  readonly apis: ApisClient;
}

/** Names of the parameters in a path: `id` of `/books/{id}`. */
export function pathParameters(path: string): readonly string[] {
  return [...new Set([...path.matchAll(/\{([^/{}]+)\}/g)].map(([, name = '']) => name))];
}

/**
 * Creates a route to a web action, in the request form of wsk (openwhisk-api.md §18.2). The action is read first: it must be a web action,
 * and a secret that it asks for is passed on. Resolves with the API as it is then. Throws UsageError when it is no web action.
 */
export async function createRoute(route: NewRoute, deps: CreateApiDeps): Promise<JsonObject> {
  const action = parseJson(await deps.actions.get(deps.actions.resolve(route.action), { code: false }));
  if (!isJsonObject(action) || !isWebAction(action)) {
    const name = formatFullyQualifiedName(route.action);
    throw new UsageError(
      `Action '${name}' is not a web action. Issue 'rt action update "${name}" --web true' to convert the action to a web action.`,
    );
  }
  return deps.apis.create(stringifyJson({ apidoc: toApidoc(route, action, deps.client) }), route.responseType);
}

/** Creates an API from a Swagger document, or replaces the one with its base path. Resolves with the API as it is then. */
export function createFromDocument(swagger: string, deps: Pick<CreateApiDeps, 'client' | 'apis'>): Promise<JsonObject> {
  const { namespace } = deps.client.connection;
  // The response type says nothing about a document, but wsk sends its default.
  return deps.apis.create(JSON.stringify({ apidoc: { namespace: namespace.value, swagger } }), 'json');
}

function toApidoc(route: NewRoute, action: JsonObject, client: WhiskClient): JsonObject {
  const { basePath, path, verb, apiName } = route;
  const namespace = client.connection.namespace.value;
  const parameters = pathParameters(path).map((name) => ({
    ...{ name, in: 'path', required: true, type: 'string' },
    description: `Default description for '${name}'`,
  }));
  return {
    namespace,
    gatewayBasePath: basePath,
    gatewayPath: path,
    gatewayMethod: verb,
    id: `API:${namespace}:${basePath}`,
    ...(apiName === undefined ? {} : { apiName }),
    ...(parameters.length === 0 ? {} : { pathParameters: parameters }),
    action: toBackend(route, action, client),
  };
}

/** The action's namespace in the host's own words: the management does not know `_`. */
function toBackend(
  { action: name, verb, responseType }: NewRoute,
  action: JsonObject,
  client: WhiskClient,
): JsonObject {
  const [namespace = name.namespace] = (textOf(action, 'namespace') ?? name.namespace).split('/');
  const parts = [namespace, name.package === '' ? 'default' : name.package, name.name].map(encodeURIComponent);
  const secureKey = secretOf(annotationOf(action, 'require-whisk-auth'));
  return {
    name: entityName(name),
    namespace,
    backendMethod: verb,
    backendUrl: client.url(`/web/${parts.join('/')}.${responseType}`),
    authkey: client.connection.auth.value,
    ...(secureKey === undefined ? {} : { secureKey }),
  };
}

/** `true` and `false` are no secrets: the first asks for credentials, which no gateway has. */
function secretOf(value: JsonValue | undefined): JsonValue | undefined {
  return value === undefined || value === null || typeof value === 'boolean' ? undefined : value;
}
