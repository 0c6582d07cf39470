import type { IncomingMessage, ServerResponse } from 'node:http';
import { BriefWait } from '../entity/brief-wait.js';
import { type EntityEndpoint, maxBodyOf } from './endpoint.js';
import { Exchange, type ExchangeDeps } from './exchange.js';
import type { PathParameters, Pipeline } from './pipeline.js';
import { maxUriLength } from './request-guard.js';
import { namespacesRoot, withBody } from './route.js';

/**
 * The path of an action written without escapes, behind the root of the collections, and any query: what every router understands in the
 * same way. The checks of the names follow in the pipeline.
 */
const plainTarget = /^\/([\w@.&-]+)\/actions\/(?:([\w@.&-]+)\/)?([\w@.&-]+)(?:\?[^#;]*)?$/;

/** Content types that all parsers of media types take for JSON. */
const plainJson = /^application\/json(?:; ?charset=utf-8)?$/i;

/**
 * Invocations that need no router: a plain path, and JSON or nothing as the body. They go through the same steps as all requests, beside the
 * framework instead of through it: a sixth of what the controller does in an invocation (P-23), and its loading when the platform has just
 * started (P-10). What is written in any other way is left to the framework.
 */
export class DirectInvocations {
  private readonly wait = new BriefWait(0);

  constructor(
    private readonly deps: ExchangeDeps & { readonly pipeline: Pipeline; readonly endpoint: EntityEndpoint },
  ) {}

  /** Answers a request if it is such an invocation; false when it is not, and then nothing has happened. */
  take(request: IncomingMessage, response: ServerResponse): boolean {
    const parameters = parametersOf(request);
    if (parameters === undefined) return false;
    void this.serve(new Exchange(this.deps, request, response), parameters);
    return true;
  }

  private async serve(exchange: Exchange, parameters: PathParameters): Promise<void> {
    const { pipeline, endpoint } = this.deps;
    this.wait.begin();
    try {
      const admitted = pipeline.admit(exchange, endpoint, parameters);
      // Who is known already costs no turn of the microtask queue.
      const entitled = admitted instanceof Promise ? await admitted : admitted;
      if (entitled === undefined) return;
      const body = await exchange.readBody(maxBodyOf(endpoint));
      exchange.answer(await endpoint.route.run(withBody(entitled, body)));
    } catch (error) {
      exchange.refuse(error);
    } finally {
      this.wait.end();
    }
  }
}

/** The parameters of the route; undefined when the request is no plain invocation. */
function parametersOf({ method, url = '', headers }: IncomingMessage): PathParameters | undefined {
  if (method !== 'POST' || url.length > maxUriLength || !url.startsWith(namespacesRoot)) return undefined;
  const type = headers['content-type'];
  if (type !== undefined && !plainJson.test(type)) return undefined;
  const [, namespace, packageName, name] = plainTarget.exec(url.slice(namespacesRoot.length)) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  return packageName === undefined ? { namespace, name } : { namespace, package: packageName, name };
}
