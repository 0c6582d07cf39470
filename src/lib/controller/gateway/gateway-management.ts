import { type JsonObject, type JsonValue } from '../../entity/json.js';
import { messages } from '../../entity/messages.js';
import { Rejection } from '../../errors/rejection.js';
import { toRejection } from '../error-answer.js';
import { transcode } from '../web/transcoders.js';
import type { WebRequest } from '../web/web-actions.js';
import { toWebArguments } from '../web/web-arguments.js';
import { webCorsHeaders } from '../web/web-cors.js';
import { describeRefusal, type WebResponse, withPlatformHeaders } from '../web/web-response.js';
import { parseWebTarget, type WebTarget } from '../web/web-target.js';
import type { ApiOperations } from './api-operations.js';
import { GatewayFailure } from './gateway-failure.js';

/** Where the three web actions of the gateway stand (openwhisk-api.md §18). */
export const managementPath = '/api/v1/web/whisk.system/apimgmt/*';

const rules = { raw: false, immutable: new Set<string>() };

/**
 * Answers the web actions `getApi`, `createApi` and `deleteApi` of `whisk.system/apimgmt` (openwhisk-api.md §18). They
 * are the platform's own: no runtime runs and no activation is recorded, but requests and responses are those of web actions.
 */
export class GatewayManagement {
  constructor(private readonly deps: { readonly operations: ApiOperations }) {}

  /** The response to a request, refusals included; throws only what is a bug. */
  async serve(request: WebRequest): Promise<WebResponse> {
    const cors = webCorsHeaders(request.headers['access-control-request-headers']);
    try {
      return withPlatformHeaders(await this.respond(request), cors);
    } catch (error) {
      const rejection = toRejection(error, request.headers['content-type']);
      if (rejection === undefined) throw error;
      return withPlatformHeaders(describeRefusal(rejection.status, rejection.message, request.transactionId), cors);
    }
  }

  private async respond(request: WebRequest): Promise<WebResponse> {
    const target = parseWebTarget(request.url);
    const operation = this.operationOf(target);
    const body = await request.readBody();
    if (request.method === 'OPTIONS') return { status: 200, headers: [] };
    const { method, headers, rawHeaders, caller } = request;
    const content = { method, path: target.path, query: target.query, rawHeaders, body };
    const args = toWebArguments({ ...content, contentType: headers['content-type'] }, rules);
    return transcode(target.extension, await resultOf(() => operation({ namespace: caller?.namespace, args })));
  }

  private operationOf({ name }: WebTarget): ApiOperations['get'] {
    const { operations } = this.deps;
    if (name === 'getApi') return (call) => operations.get(call);
    if (name === 'createApi') return (call) => operations.create(call);
    if (name === 'deleteApi') return (call) => operations.delete(call);
    throw new Rejection(404, messages.notFound);
  }
}

/** What such an action would return: the members of a `.http` response. */
async function resultOf(run: () => Promise<JsonObject>): Promise<JsonValue> {
  const headers = { 'Content-Type': 'application/json' };
  try {
    return { statusCode: 200, headers, body: await run() };
  } catch (error) {
    if (!(error instanceof GatewayFailure)) throw error;
    return { statusCode: 502, headers, body: { error: error.message } };
  }
}
