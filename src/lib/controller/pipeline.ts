import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Entitlement } from '../entitlement/entitlement.js';
import type { Clock } from '../entity/clock.js';
import { parseEntityName, parseNamespaceName } from '../entity/entity-name.js';
import type { Identity } from '../entity/identity.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import type { Authenticator } from './authentication.js';
import { QueryParameters } from './query-parameters.js';
import { guardRequest } from './request-guard.js';
import type { ApiRequest, PublicRoute, Route } from './route.js';

/** What a path and a method lead to. */
export type Endpoint =
  | { readonly kind: 'public'; readonly route: PublicRoute }
  | { readonly kind: 'entity'; readonly collection: string; readonly route: Route }
  | { readonly kind: 'web' }
  | { readonly kind: 'wrong method'; readonly allowed: readonly string[] };

/** What a path leads to. */
type PathEndpoints =
  | { readonly kind: 'by method'; readonly endpoints: ReadonlyMap<string, Endpoint>; readonly otherwise: Endpoint }
  | { readonly kind: 'web' };

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly endpoints?: PathEndpoints;
  }
  interface FastifyRequest {
    /** Set by the pipeline before the body is read. */
    entitled: Omit<ApiRequest, 'body'> | undefined;
  }
}

/** What the path and the method of a request lead to; undefined where there is no route. */
export function endpointOf(request: FastifyRequest): Endpoint | undefined {
  const { endpoints } = request.routeOptions.config;
  return endpoints?.kind === 'by method' ? (endpoints.endpoints.get(request.method) ?? endpoints.otherwise) : endpoints;
}

const corsHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent',
  'Access-Control-Allow-Methods': 'GET, DELETE, POST, PUT, HEAD',
};

/**
 * Everything that happens to a request before its body is read (openwhisk-api.md §3.4): transaction id, guard against
 * foreign sites, CORS, authentication, names, method, entitlement and rates.
 */
export class Pipeline {
  constructor(
    private readonly deps: {
      readonly authenticator: Authenticator;
      readonly entitlement: Entitlement;
      readonly allowedHosts: readonly string[];
      readonly clock: Clock;
    },
  ) {}

  /** The hook: answers `OPTIONS` itself, otherwise refuses or sets `request.entitled`. */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    reply.header('X-Request-ID', request.id);
    const endpoint = endpointOf(request);
    if (endpoint?.kind === 'web') {
      guardRequest(request.raw, this.deps.allowedHosts, 'any');
      return;
    }
    guardRequest(request.raw, this.deps.allowedHosts);
    reply.headers(corsHeaders);
    if (endpoint?.kind === 'public') return;
    if (!isBelowApi(request.url)) throw refusalOf(endpoint);
    if (request.method === 'OPTIONS') {
      await reply.type('text/plain').send('OK');
      return;
    }
    const identity = await this.deps.authenticator.authenticate(request.headers.authorization);
    if (endpoint === undefined) throw refusalOf(endpoint);
    request.entitled = await this.entitle(request, identity, endpoint);
  }

  private async entitle(
    request: FastifyRequest,
    identity: Identity,
    endpoint: Exclude<Endpoint, { kind: 'public' | 'web' }>,
  ): Promise<Omit<ApiRequest, 'body'>> {
    const received = this.deps.clock.now();
    const names = toNames(request.params as Readonly<Record<string, string>>, identity.namespace);
    if (endpoint.kind === 'wrong method') throw refusalOf(endpoint);
    const { collection, route } = endpoint;
    const access = await this.deps.entitlement.check(identity, route.privilege, { collection, ...names });
    const query = new QueryParameters(request.query as Readonly<Record<string, unknown>>);
    return { identity, transactionId: request.id, received, ...names, access, query, headers: request.headers };
  }
}

/** Namespace, package and name of the path, checked (openwhisk-api.md §5); an empty segment is no route. */
function toNames(
  params: Readonly<Record<string, string>>,
  callerNamespace: string,
): { readonly namespace: string; readonly package: string; readonly name: string; readonly id: string } {
  if (Object.values(params).includes('')) throw refusalOf(undefined);
  const { namespace = '_', package: packageName, name, id = '' } = params;
  return {
    namespace: namespace === '_' ? callerNamespace : parseNamespaceName(namespace),
    package: packageName === undefined ? '' : parseEntityName(packageName),
    name: name === undefined ? '' : parseEntityName(name),
    id,
  };
}

function refusalOf(endpoint: Endpoint | undefined): Rejection {
  if (endpoint?.kind !== 'wrong method') return new Rejection(404, messages.noRoute);
  const { allowed } = endpoint;
  return new Rejection(405, messages.methodNotAllowed(allowed), { headers: { Allow: allowed.join(', ') } });
}

function isBelowApi(url: string): boolean {
  return /^\/(?:api\/v1|runtime\/namespaces)(?:[/?]|$)/.test(url);
}
