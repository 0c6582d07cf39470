import type { RequestListener } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import type { Answer } from './answer.js';
import { type Endpoint, maxBodyOf } from './endpoint.js';
import { Exchange, type ExchangeDeps } from './exchange.js';
import type { PathParameters, Pipeline } from './pipeline.js';
import { maxUriLength, toPath } from './request-guard.js';
import { type Collection, type EntitledRequest, namespacesRoot, type PublicRoute, withBody } from './route.js';
import { serveWeb, type WebService } from './web/web-api.js';
import { webMethods } from './web/web-methods.js';

/** What a path leads to. */
type PathEndpoints =
  | { readonly kind: 'by method'; readonly endpoints: ReadonlyMap<string, Endpoint>; readonly otherwise: Endpoint }
  | { readonly kind: 'web' };

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly endpoints?: PathEndpoints;
  }
  interface FastifyRequest {
    /** Made before anything else happens to the request. */
    exchange: Exchange;
    /** Set by the pipeline before the body is read. */
    entitled: EntitledRequest | undefined;
  }
}

const anyMethods = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH'];

/** Everything that is served. */
export interface Served {
  readonly collections: readonly Collection[];
  readonly publicRoutes: readonly PublicRoute[];
  /** Web actions and what is addressed like them, by path. */
  readonly webServices: ReadonlyMap<string, WebService>;
}

/**
 * Loads fastify and puts all routes of the API on it. It finds the route and goes through the steps; the steps themselves do not know it:
 *
 *     onRequest: Pipeline.admit (guard, CORS, authentication, names, method, entitlement)
 *       → content type parser: readBody (media type, size; the text is not parsed here)
 *       → the route's `run(request)` → Answer → Exchange.answer
 *     an error thrown anywhere → Exchange.refuse
 *     below /api/v1/web and /gateway: onRequest only guards, then serveWeb does all of it, refusals included
 */
export async function createFastifyRoutes(
  deps: ExchangeDeps & { readonly pipeline: Pipeline },
  { collections, publicRoutes, webServices }: Served,
): Promise<RequestListener> {
  const server = await createServer(deps);
  server.decorateRequest('entitled', undefined);
  server.addHook('onRequest', async (request, reply) => {
    request.exchange = new Exchange(deps, request.raw, reply.raw);
    const parameters = request.params as PathParameters;
    request.entitled = await deps.pipeline.admit(request.exchange, endpointOf(request), parameters);
    if (reply.raw.headersSent) reply.hijack();
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (request: FastifyRequest) => {
    const endpoint = endpointOf(request);
    // Web actions read their body when it is its turn among their checks.
    return endpoint?.kind === 'web' ? Promise.resolve() : request.exchange.readBody(maxBodyOf(endpoint));
  });
  server.setNotFoundHandler(() => {
    throw new Rejection(404, messages.noRoute);
  });
  server.setErrorHandler((error, request, reply) => {
    reply.hijack();
    request.exchange.refuse(error);
  });
  for (const route of publicRoutes) register(server, route.path, new Map([['GET', { kind: 'public', route }]]));
  for (const collection of collections) registerCollection(server, collection);
  for (const [path, web] of webServices) registerWeb(server, path, web);
  await server.ready();
  return (request, response) => {
    server.routing(request, response);
  };
}

async function createServer(deps: ExchangeDeps): Promise<FastifyInstance> {
  const { fastify } = await import('fastify');
  return fastify({
    logger: false,
    exposeHeadRoutes: false,
    schemaController: { compilersFactory: withoutSchemas },
    rewriteUrl: (raw) => toPath(raw.url ?? '', raw.headers.host),
    routerOptions: { maxParamLength: maxUriLength },
    frameworkErrors: (error, request, reply) => {
      reply.hijack();
      new Exchange(deps, request.raw, reply.raw).refuse(error);
    },
  });
}

/** No route has a schema; fastify would load a schema compiler for each direction all the same, a tenth of a start (P-14). */
const withoutSchemas = { buildValidator: refuseSchema, buildSerializer: refuseSchema };

function refuseSchema(): never {
  throw new Error('the routes of the controller have no schemas');
}

function registerCollection(server: FastifyInstance, { name, root = namespacesRoot, routes }: Collection): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const endpoints = new Map<string, Endpoint>();
    for (const route of routes.filter((candidate) => candidate.path === path)) {
      endpoints.set(route.method, { kind: 'entity', collection: name, route });
    }
    register(server, `${root}${path}`, endpoints);
  }
}

/** No authentication hook and no method that is refused: both are matters of the action (openwhisk-api.md §17). */
function registerWeb(server: FastifyInstance, url: string, deps: WebService): void {
  server.route({
    method: [...webMethods],
    url,
    config: { endpoints: { kind: 'web' } },
    handler: async (request, reply) => {
      await serveWeb(deps, request.exchange);
      reply.hijack();
    },
  });
}

/** Registers the methods of one path, and 405 for all others: one route, because each costs a start a third of a millisecond. */
function register(server: FastifyInstance, url: string, endpoints: ReadonlyMap<string, Endpoint>): void {
  const otherwise: Endpoint = { kind: 'wrong method', allowed: [...endpoints.keys()] };
  server.route({
    method: anyMethods,
    url,
    config: { endpoints: { kind: 'by method', endpoints, otherwise } },
    handler: respond,
  });
}

/** What the path and the method of a request lead to; undefined where there is no route. */
function endpointOf(request: FastifyRequest): Endpoint | undefined {
  const { endpoints } = request.routeOptions.config;
  return endpoints?.kind === 'by method' ? (endpoints.endpoints.get(request.method) ?? endpoints.otherwise) : endpoints;
}

async function respond(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  request.exchange.answer(await answerOf(request));
  reply.hijack();
}

async function answerOf(request: FastifyRequest): Promise<Answer> {
  const endpoint = endpointOf(request);
  if (endpoint?.kind === 'public') return endpoint.route.run();
  if (endpoint?.kind !== 'entity' || request.entitled === undefined) throw new Rejection(404, messages.noRoute);
  const body = typeof request.body === 'string' ? request.body : '';
  return endpoint.route.run(withBody(request.entitled, body));
}
