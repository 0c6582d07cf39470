import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Entitlement } from '../entitlement/entitlement.js';
import { Throttle } from '../entitlement/throttle.js';
import type { AlarmClock } from '../feeds/alarm-clock.js';
import type { Random } from '../entity/random.js';
import { Authenticator } from './authentication.js';
import { createCollections, createOperations, createPublicRoutes, createWebServices } from './collections.js';
import type { ControllerDeps } from './controller-deps.js';
import { DirectInvocations } from './direct-invocations.js';
import type { EntityEndpoint } from './endpoint.js';
import { EntityCache } from './entity-cache.js';
import { createFastifyRoutes, type Served } from './fastify-routes.js';
import { LaterRoutes } from './later-routes.js';
import { answerMalformedHttp } from './malformed-http.js';
import { MeteredInvoker } from './metrics/metered-invoker.js';
import { Metrics } from './metrics/metrics.js';
import { Pipeline } from './pipeline.js';
import type { Collection } from './route.js';

/** The controller and what others may do with it besides listening. */
export interface Controller {
  /** Not listening yet; `listen` and `close` are the caller's. */
  readonly server: Server;
  /** What the server does with every request, for other servers that answer the same. */
  readonly respond: RequestListener;
  /**
   * Loads the HTTP framework, which takes a good part of a start. Plain invocations are answered without it, all other requests wait for
   * it; the first of them begins to load it when nobody has called this before. May be called again.
   */
  load(): Promise<void>;
  readonly authenticator: Authenticator;
  /** Not started yet; `load`, `start` and `stop` are the caller's. */
  readonly alarms: AlarmClock;
  /**
   * Resolves when the records of all fires, sequences and compositions are stored as far as they can be. To be called when nothing runs any
   * more, before the store is closed (RS-125, RS-145).
   */
  finish(): Promise<void>;
}

/** Heads arrive within 10 s and whole requests within 60 s, checked every second (RS-167); idle connections are kept for 72 s. */
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 72_000,
};

const maxConnections = 1_000;

/**
 * The REST API. The life of a request:
 *
 *     bytes → Node's parser ──✗ answerMalformedHttp
 *       → DirectInvocations, if it is a plain invocation; all others → fastify (`fastify-routes.ts`)
 *       → Pipeline.admit → readBody → the route's `run(request)` → Answer → Exchange.answer
 *     an error thrown anywhere → Exchange.refuse
 */
export function createController(given: ControllerDeps): Controller {
  const deps = metered(given);
  const artifacts = new EntityCache(deps);
  const throttle = new Throttle({ ...deps, ...(deps.counted === undefined ? {} : { refusals: deps.counted.limits }) });
  const entitlement = new Entitlement({ artifacts, throttle, limits: deps.limits });
  const authenticator = new Authenticator(deps);
  const pipeline = new Pipeline({ ...deps, authenticator, entitlement });
  const shared = { ...deps, artifacts, throttle, entitlement, authenticator };
  const operations = { ...shared, ...createOperations(shared) };
  const collections = createCollections(operations);
  const direct = new DirectInvocations({ ...deps, pipeline, endpoint: invocationOf(collections) });
  const routes = new LaterRoutes(() => createFastifyRoutes({ ...deps, pipeline }, served(operations, collections)));
  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    if (!direct.take(request, response)) routes.respond(request, response);
  };
  const finish = async (): Promise<void> => {
    await Promise.all(collections.flatMap(({ settled }) => (settled === undefined ? [] : [settled()])));
    await operations.records.close();
  };
  const server = createApiServer(respond, deps.random);
  return { server, respond, load: () => routes.load(), authenticator, alarms: operations.alarmClock, finish };
}

/** Nothing stands before the invoker unless activations are to be counted. */
function metered(deps: ControllerDeps): ControllerDeps & { readonly counted?: Metrics } {
  if (!deps.metrics) return deps;
  const counted = new Metrics();
  const invoker = new MeteredInvoker({ invoker: deps.invoker, metrics: counted.activations });
  return { ...deps, invoker, counted };
}

function createApiServer(respond: RequestListener, random: Random): Server {
  const server = createServer(timeouts, respond);
  server.maxConnections = maxConnections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    answerMalformedHttp(error, socket, random);
  });
  return server;
}

/** The operation behind `POST` on the name of an action. */
function invocationOf(collections: readonly Collection[]): EntityEndpoint {
  for (const { name, routes } of collections) {
    const route = routes.find(
      ({ privilege, path }) => privilege === 'ACTIVATE' && path === '/:namespace/actions/:name',
    );
    if (route !== undefined) return { kind: 'entity', collection: name, route };
  }
  throw new Error('no collection invokes actions');
}

function served(
  deps: Parameters<typeof createWebServices>[0] & Parameters<typeof createPublicRoutes>[0],
  collections: readonly Collection[],
): Served {
  const webServices = [...createWebServices(deps)].map(([path, actions]) => [path, { ...deps, actions }] as const);
  return { collections, publicRoutes: createPublicRoutes(deps, collections), webServices: new Map(webServices) };
}
