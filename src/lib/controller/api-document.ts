import { type Collection, namespacesRoot, type PublicRoute, type Route } from './route.js';
import { webMethods } from './web/web-methods.js';

/** One path of the document: operations by method. */
type PathItem = Record<string, object>;

/** A Swagger 2.0 document of exactly what is served (openwhisk-api.md §1.2): made from the routes themselves. */
export function toApiDocument(
  publicRoutes: readonly Pick<PublicRoute, 'path' | 'summary'>[],
  collections: readonly Collection[],
  version: string,
): object {
  const paths = new Map<string, PathItem>();
  for (const { path, summary } of publicRoutes) {
    paths.set(path, { get: { summary, tags: ['server'], security: [], responses: responsesOf('GET') } });
  }
  for (const { name, root = namespacesRoot, routes } of collections) {
    for (const route of routes) {
      const path = `${root}${route.path}`.replace(/:(\w+)/g, '{$1}');
      paths.set(path, { ...paths.get(path), [route.method.toLowerCase()]: toOperation(name, route) });
    }
  }
  paths.set('/api/v1/web/{namespace}/{package}/{action}', toWebItem());
  return {
    swagger: '2.0',
    info: { title: 'OpenWhisk REST API', version },
    basePath: '/',
    consumes: ['application/json'],
    produces: ['application/json'],
    securityDefinitions: { basicAuth: { type: 'basic' } },
    security: [{ basicAuth: [] }],
    paths: Object.fromEntries(paths),
    definitions: {
      Error: {
        type: 'object',
        required: ['error', 'code'],
        properties: { error: { type: 'string' }, code: { type: 'string', description: 'transaction id' } },
      },
    },
  };
}

/** Web actions decide themselves what they take and answer (openwhisk-api.md §17); credentials are optional. */
function toWebItem(): PathItem {
  const parameters = ['namespace', 'package', 'action'].map((name) => pathParameter(name));
  const operation = {
    summary: 'Call a web action',
    tags: ['web'],
    security: [],
    parameters,
    responses: { default: { description: 'What the action answers' } },
  };
  return Object.fromEntries(webMethods.map((method) => [method.toLowerCase(), operation]));
}

function pathParameter(name: string): object {
  return { name, in: 'path', required: true, type: 'string' };
}

function toOperation(collection: string, route: Route): object {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const body = { name: 'body', in: 'body', schema: { type: 'object' } };
  return {
    summary: route.summary,
    tags: [collection],
    parameters: [...names.map(pathParameter), ...(route.method === 'PUT' || route.method === 'POST' ? [body] : [])],
    responses: responsesOf(route.method),
  };
}

function responsesOf(method: string): object {
  return {
    200: { description: 'Success' },
    ...(method === 'POST' ? { 202: { description: 'Accepted' } } : {}),
    default: { description: 'Refused', schema: { $ref: '#/definitions/Error' } },
  };
}
