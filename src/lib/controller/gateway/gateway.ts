import type { ApiStore } from '../../database/api-store.js';
import { messages } from '../../entity/messages.js';
import { Rejection } from '../../errors/rejection.js';
import { toRejection } from '../error-answer.js';
import type { WebRequest, WebActions } from '../web/web-actions.js';
import { type HeaderLine, webCorsHeaders } from '../web/web-cors.js';
import { describeRefusal, type WebResponse, withPlatformHeaders } from '../web/web-response.js';
import { type MatchingRoute, matchingRoutes, segmentsOf } from './route-matching.js';
import type { RouteTarget } from './route-target.js';

/** Where the routes of all namespaces are served: `/gateway/<namespace>/<base path>/<relative path>`. */
export const gatewayPath = '/gateway/*';

/**
 * Serves the routes of the gateway (openwhisk-api.md §18.6). The tenant is the namespace; a route's web action is called
 * in process, as if its address had been requested.
 */
export class Gateway {
  constructor(private readonly deps: { readonly apis: ApiStore; readonly actions: Pick<WebActions, 'serve'> }) {}

  /** The response to a request, refusals included; throws only what is a bug. */
  async serve(request: WebRequest): Promise<WebResponse> {
    try {
      return await this.respond(request);
    } catch (error) {
      const rejection = toRejection(error, request.headers['content-type']);
      if (rejection === undefined) throw error;
      return describeRefusal(rejection.status, rejection.message, request.transactionId);
    }
  }

  private async respond(request: WebRequest): Promise<WebResponse> {
    const { method, headers } = request;
    const { namespace, path, query, segments } = takeApart(request.url);
    const routes = matchingRoutes(await this.deps.apis.list(namespace), segments);
    const cors = routes.some((route) => route.cors) ? corsHeaders(routes, headers) : [];
    if (method === 'OPTIONS' && cors.length > 0) return { status: 200, headers: cors };
    const target = routes.find((route) => route.method === method)?.target;
    if (target === undefined) throw new Rejection(404, messages.noRoute);
    const url = `${target.path}${target.passesPath ? path : ''}${query}`;
    const response = await this.deps.actions.serve({ ...withHeaders(request, target), url });
    const answered = response.headers.some(([name]) => name.toLowerCase() === 'access-control-allow-origin');
    return answered ? response : withPlatformHeaders(response, cors);
  }
}

/** Namespace, path with the base path, and query with its question mark. */
function takeApart(url: string): {
  readonly namespace: string;
  readonly path: string;
  readonly query: string;
  readonly segments: readonly string[];
} {
  const match = /^\/gateway\/([^/?#]*)([^?#]*)(\?[^#]*)?/.exec(url);
  const [, tenant = '', path = '', query = ''] = match ?? [];
  try {
    return { namespace: decodeURIComponent(tenant), path, query, segments: segmentsOf(path).map(decodeURIComponent) };
  } catch (error) {
    throw new Rejection(400, messages.badSyntax, { cause: error });
  }
}

function corsHeaders(routes: readonly MatchingRoute[], headers: WebRequest['headers']): HeaderLine[] {
  const methods = new Set(['OPTIONS', ...routes.map(({ method }) => method)]);
  const lines = webCorsHeaders(headers['access-control-request-headers']);
  return lines.map(([name, value]) => [
    name,
    name === 'Access-Control-Allow-Methods' ? [...methods].join(', ') : value,
  ]);
}

/** Headers that the route sets replace those of the caller, so that nobody can bring his own secret. */
function withHeaders(request: WebRequest, { headers }: RouteTarget): WebRequest {
  if (headers.length === 0) return request;
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const pairs = request.rawHeaders.flatMap((name, at) =>
    at % 2 === 0 && !names.has(name.toLowerCase()) ? [name, request.rawHeaders[at + 1] ?? ''] : [],
  );
  const added = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  return { ...request, headers: { ...request.headers, ...added }, rawHeaders: [...pairs, ...headers.flat()] };
}
