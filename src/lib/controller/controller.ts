import type { IncomingMessage } from 'node:http';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Entitlement } from '../entitlement/entitlement.js';
import { Throttle } from '../entitlement/throttle.js';
import type { AlarmClock } from '../feeds/alarm-clock.js';
import { maxEntityBytes } from '../entity/limits.js';
import type { Log } from '../entity/log.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import type { Answer } from './answer.js';
import { Authenticator } from './authentication.js';
import { readBody } from './body-reader.js';
import { createCollections, createOperations, createPublicRoutes, createWebServices } from './collections.js';
import type { ControllerDeps } from './controller-deps.js';
import { EntityCache } from './entity-cache.js';
import { toErrorAnswer, toRejection } from './error-answer.js';
import { inPieces } from './large-text.js';
import { answerMalformedHttp } from './malformed-http.js';
import { MeteredInvoker } from './metrics/metered-invoker.js';
import { Metrics } from './metrics/metrics.js';
import { type Endpoint, endpointOf, Pipeline } from './pipeline.js';
import { maxUriLength, toPath } from './request-guard.js';
import { type Collection, namespacesRoot } from './route.js';
import { transactionIdOf } from './transaction-id.js';
import { serveWeb } from './web/web-api.js';
import { webMethods } from './web/web-methods.js';

/** The controller and what others may do with it besides listening. */
export interface Controller {
  /** Not listening yet; `listen`, `routing` and `close` are the caller's. */
  readonly server: FastifyInstance;
  readonly authenticator: Authenticator;
  /** Not started yet; `load`, `start` and `stop` are the caller's. */
  readonly alarms: AlarmClock;
  /**
   * Resolves when the records of all fires, sequences and compositions are stored as far as they can be. To be called when nothing runs any
   * more, before the store is closed (RS-125, RS-145).
   */
  finish(): Promise<void>;
}

const anyMethods = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH'];

/** Heads arrive within 10 s and whole requests within 60 s, checked every second (RS-167). */
const timeouts = { requestTimeout: 60_000, http: { headersTimeout: 10_000, connectionsCheckingInterval: 1_000 } };

const maxConnections = 1_000;

/**
 * The REST API on fastify. The life of a request:
 *
 *     bytes → Node's parser ──✗ answerMalformedHttp
 *       → onRequest: Pipeline.admit (guard, CORS, authentication, names, method, entitlement)
 *       → content type parser: readBody (media type, size; the text is not parsed here)
 *       → the route's `run(request)` → Answer
 *       → send
 *     an error thrown anywhere → toRejection → the same send
 *     below /api/v1/web and /gateway: onRequest only guards, then serveWeb does all of it, refusals included
 */
export function createController(given: ControllerDeps): Controller {
  const deps = metered(given);
  const artifacts = new EntityCache(deps);
  const throttle = new Throttle({ ...deps, ...(deps.counted === undefined ? {} : { refusals: deps.counted.limits }) });
  const entitlement = new Entitlement({ artifacts, throttle, limits: deps.limits });
  const authenticator = new Authenticator(deps);
  const pipeline = new Pipeline({ ...deps, authenticator, entitlement });
  const server = createServer(deps);
  server.decorateRequest('entitled', undefined);
  server.addHook('onRequest', (request, reply) => pipeline.admit(request, reply));
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (request: FastifyRequest, stream: IncomingMessage) => {
    const endpoint = endpointOf(request);
    // Web actions read their body when it is its turn among their checks.
    return endpoint?.kind === 'web' ? Promise.resolve() : readBody(request.headers, stream, maxBodyOf(endpoint));
  });
  server.setNotFoundHandler(() => {
    throw new Rejection(404, messages.noRoute);
  });
  server.setErrorHandler((error, request, reply) => sendError(deps.log, error, request, reply));
  const shared = { ...deps, artifacts, throttle, entitlement, authenticator };
  const operations = { ...shared, ...createOperations(shared) };
  const collections = createCollections(operations);
  for (const route of createPublicRoutes(shared, collections)) {
    register(server, route.path, new Map([['GET', { kind: 'public', route }]]));
  }
  for (const collection of collections) registerCollection(server, collection);
  for (const [path, actions] of createWebServices(operations)) {
    registerWeb(server, path, { actions, authenticator, clock: deps.clock });
  }
  const finish = async (): Promise<void> => {
    await Promise.all(collections.flatMap(({ settled }) => (settled === undefined ? [] : [settled()])));
    await operations.records.close();
  };
  server.addHook('onClose', finish);
  return { server, authenticator, alarms: operations.alarmClock, finish };
}

/** Nothing stands before the invoker unless activations are to be counted. */
function metered(deps: ControllerDeps): ControllerDeps & { readonly counted?: Metrics } {
  if (!deps.metrics) return deps;
  const counted = new Metrics();
  const invoker = new MeteredInvoker({ invoker: deps.invoker, metrics: counted.activations });
  return { ...deps, invoker, counted };
}

function createServer(deps: ControllerDeps): FastifyInstance {
  const server = fastify({
    logger: false,
    exposeHeadRoutes: false,
    schemaController: { compilersFactory: withoutSchemas },
    genReqId: (raw) => transactionIdOf(raw.headers['x-request-id'], deps.random),
    rewriteUrl: (raw) => toPath(raw.url ?? '', raw.headers.host),
    routerOptions: { maxParamLength: maxUriLength },
    frameworkErrors: (error, request, reply) => {
      reply.header('X-Request-ID', request.id);
      void sendError(deps.log, error, request, reply);
    },
    clientErrorHandler: (error, socket) => {
      answerMalformedHttp(error, socket, deps.random);
    },
    ...timeouts,
  });
  server.server.maxConnections = maxConnections;
  return server;
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
function registerWeb(server: FastifyInstance, url: string, deps: Parameters<typeof serveWeb>[0]): void {
  server.route({
    method: [...webMethods],
    url,
    config: { endpoints: { kind: 'web' } },
    handler: (request, reply) => serveWeb(deps, request, reply),
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

async function respond(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const endpoint = endpointOf(request);
  if (endpoint?.kind === 'public') return send(reply, endpoint.route.run());
  if (endpoint?.kind !== 'entity' || request.entitled === undefined) throw new Rejection(404, messages.noRoute);
  const body = typeof request.body === 'string' ? request.body : '';
  return send(reply, await endpoint.route.run({ ...request.entitled, body }));
}

function send(reply: FastifyReply, { status, text, type, headers }: Answer): FastifyReply {
  if (headers !== undefined) reply.headers(headers);
  if (status === 204) return reply.code(status).send();
  reply.code(status).type(type ?? 'application/json');
  const pieces = inPieces(text);
  if (pieces === undefined) return reply.serializer(asItIs).send(text);
  return reply.header('Content-Length', Buffer.byteLength(text)).send(pieces);
}

/** With a serializer of its own, fastify leaves the content type alone instead of adding a charset. */
function asItIs(text: string): string {
  return text;
}

function sendError(log: Log, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const rejection = toRejection(error, request.headers['content-type']);
  if (rejection === undefined) log.error('controller', `${request.method} failed (transaction ${request.id})`, error);
  return send(reply, toErrorAnswer(rejection ?? new Rejection(500, messages.internalError), request.id));
}

function maxBodyOf(endpoint: Endpoint | undefined): number {
  return (endpoint?.kind === 'entity' ? endpoint.route.maxBody : undefined) ?? maxEntityBytes;
}
