import type { Entitlement } from '../entitlement/entitlement.js';
import { type AtOnce, goOn } from '../entity/at-once.js';
import type { Clock } from '../entity/clock.js';
import { parseEntityName, parseNamespaceName } from '../entity/entity-name.js';
import type { Identity } from '../entity/identity.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import type { Authenticator } from './authentication.js';
import type { Endpoint } from './endpoint.js';
import type { Exchange } from './exchange.js';
import { QueryParameters } from './query-parameters.js';
import { guardRequest } from './request-guard.js';
import type { EntitledRequest } from './route.js';

/** Segments of a path by the names of a route's parameters, decoded. */
export type PathParameters = Readonly<Record<string, string>>;

/**
 * Everything that happens to a request before its body is read (openwhisk-api.md §3.4): guard against foreign sites, CORS, authentication,
 * names, method, entitlement and rates. It knows Node's request only, so that it does not matter who routed.
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

  /**
   * Gives the entitled request, or throws the refusal. Undefined for what needs no entitlement: public routes, web actions, which answer
   * for themselves, and `OPTIONS`, which is answered here.
   */
  admit(
    exchange: Exchange,
    endpoint: Endpoint | undefined,
    parameters: PathParameters,
  ): AtOnce<EntitledRequest | undefined> {
    const { request } = exchange;
    if (endpoint?.kind === 'web') {
      guardRequest(request, this.deps.allowedHosts, 'any');
      return undefined;
    }
    guardRequest(request, this.deps.allowedHosts);
    exchange.isOwnSite = true;
    if (endpoint?.kind === 'public') return undefined;
    if (!isBelowApi(request.url ?? '')) throw refusalOf(endpoint);
    if (request.method === 'OPTIONS') {
      exchange.answer({ status: 200, text: 'OK', type: 'text/plain' });
      return undefined;
    }
    return goOn(this.deps.authenticator.authenticate(request.headers.authorization), (identity) => {
      if (endpoint === undefined) throw refusalOf(endpoint);
      return this.entitle(exchange, { identity, endpoint, parameters });
    });
  }

  private entitle(
    { request, transactionId }: Exchange,
    asked: {
      readonly identity: Identity;
      readonly endpoint: Exclude<Endpoint, { kind: 'public' | 'web' }>;
      readonly parameters: PathParameters;
    },
  ): AtOnce<EntitledRequest> {
    const { identity, endpoint, parameters } = asked;
    const received = this.deps.clock.now();
    const names = toNames(parameters, identity.namespace);
    if (endpoint.kind === 'wrong method') throw refusalOf(endpoint);
    const { collection, route } = endpoint;
    const query = QueryParameters.of(request.url ?? '');
    const access = this.deps.entitlement.check(identity, route.privilege, {
      collection,
      namespace: names.namespace,
      package: names.package,
      name: names.name,
    });
    const { namespace, package: packageName, name, id } = names;
    // Written out: objects that are spread into others are copied one property after the other (P-23).
    return goOn(access, (found) => ({
      identity,
      transactionId,
      received,
      namespace,
      package: packageName,
      name,
      id,
      access: found,
      query,
      headers: request.headers,
    }));
  }
}

/** Namespace, package and name of the path, checked (openwhisk-api.md §5); an empty segment is no route. */
function toNames(
  parameters: PathParameters,
  callerNamespace: string,
): { readonly namespace: string; readonly package: string; readonly name: string; readonly id: string } {
  if (Object.values(parameters).includes('')) throw refusalOf(undefined);
  const { namespace = '_', package: packageName, name, id = '' } = parameters;
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
