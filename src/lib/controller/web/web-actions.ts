import type { IncomingHttpHeaders } from 'node:http';
import type { Throttle } from '../../entitlement/throttle.js';
import { newActivationId } from '../../entity/activation-id.js';
import { type KnownKinds, refuseDeprecated } from '../../entity/exec-parser.js';
import type { Identity } from '../../entity/identity.js';
import { messages } from '../../entity/messages.js';
import type { Random } from '../../entity/random.js';
import { Rejection } from '../../errors/rejection.js';
import { type ActivationWait, maxWait } from '../activation-wait.js';
import { activationIdHeader } from '../answer.js';
import type { ActionRunner } from '../compositions/action-runner.js';
import type { ActivationOrder } from '../compositions/activation-order.js';
import { toRejection } from '../error-answer.js';
import type { ExportedAction, ExportedActions } from './exported-action.js';
import { toWebArguments } from './web-arguments.js';
import { mayRun } from './web-authorization.js';
import { webCorsHeaders } from './web-cors.js';
import { describeRefusal, type WebResponse, withPlatformHeaders } from './web-response.js';
import { toWebResponse } from './web-result.js';
import { parseWebTarget, type WebTarget } from './web-target.js';

/** A request below `/api/v1/web` whose body has not been read. */
export interface WebRequest {
  readonly method: string;
  /** The request target: path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as Node read them. */
  readonly rawHeaders: readonly string[];
  readonly transactionId: string;
  /** Epoch milliseconds at which the head of the request was read. */
  readonly received: number;
  /** Absent when the caller is nobody in particular. */
  readonly caller: Identity | undefined;
  /** Throws a 413 when the body is too large. */
  readonly readBody: () => Promise<Buffer>;
}

interface Deps {
  readonly exported: ExportedActions;
  readonly throttle: Throttle;
  readonly manifest: KnownKinds;
  readonly random: Random;
  readonly runner: Pick<ActionRunner, 'prepare' | 'admit' | 'run'>;
  readonly wait: Pick<ActivationWait, 'within'>;
}

/** `final` is checked against the request, because the `__ow_*` arguments may name such a parameter (§17.4, 8). */
const nothingImmutable: ReadonlySet<string> = new Set();

/** Actions that anybody may call by their address (openwhisk-api.md §17). */
export class WebActions {
  constructor(private readonly deps: Deps) {}

  /** The response to a request, refusals included; throws only what is a bug. The order of the checks is that of §17.4. */
  async serve(request: WebRequest): Promise<WebResponse> {
    return this.orRefusal(request, async () => {
      const target = parseWebTarget(request.url);
      const exported = await this.deps.exported.find(target);
      const cors = exported.ownOptions ? [] : webCorsHeaders(request.headers['access-control-request-headers']);
      const response = await this.orRefusal(request, () => this.call(request, target, exported));
      return withPlatformHeaders(response, cors);
    });
  }

  private async call(request: WebRequest, target: WebTarget, exported: ExportedAction): Promise<WebResponse> {
    this.deps.throttle.check(exported.owner.namespace);
    const body = await request.readBody();
    const isOptions = request.method === 'OPTIONS';
    if (isOptions && !exported.ownOptions) return { status: 200, headers: [] };
    if (!isOptions) refuseUnauthorized(request, exported);
    const order = this.orderOf(request, { target, exported, body });
    if (order.action.composite !== undefined) await this.deps.runner.admit(order);
    // What is refused here never ran, so that it has no activation id either.
    const running = this.deps.throttle.during(exported.owner.namespace, () => this.deps.runner.run(order));
    const finished = await this.deps.wait.within(maxWait, order, running);
    const response = await this.orRefusal(request, () =>
      finished === undefined
        ? describeRefusal(202, messages.webNotReady, request.transactionId)
        : toWebResponse(finished, target.extension, request.headers.accept),
    );
    return withPlatformHeaders(response, Object.entries(activationIdHeader(order.activationId)));
  }

  /** The action runs in its owner's namespace, whoever calls. */
  private orderOf(
    { method, rawHeaders, headers, transactionId, received, caller }: WebRequest,
    { target, exported, body }: { target: WebTarget; exported: ExportedAction; body: Buffer },
  ): ActivationOrder {
    const { found, access, owner, raw } = exported;
    refuseDeprecated(found.action.exec.kind, this.deps.manifest);
    const prepared = this.deps.runner.prepare(found, access);
    const { path, query } = target;
    const user = caller === undefined ? {} : { user: caller.namespace };
    const payload = toWebArguments(
      { method, path, query, rawHeaders, contentType: headers['content-type'], body, ...user },
      { raw, immutable: prepared.definition.immutable },
    );
    return {
      activationId: newActivationId(received, this.deps.random),
      transactionId,
      identity: owner,
      action: { ...prepared, definition: { ...prepared.definition, immutable: nothingImmutable } },
      payload,
      received,
    };
  }

  private async orRefusal(
    request: WebRequest,
    respond: () => WebResponse | Promise<WebResponse>,
  ): Promise<WebResponse> {
    try {
      return await respond();
    } catch (error) {
      const rejection = toRejection(error, request.headers['content-type']);
      if (rejection === undefined) throw error;
      return describeRefusal(rejection.status, rejection.message, request.transactionId);
    }
  }
}

/** 401 without a challenge, so that no browser asks for or remembers a key (RS-243). */
function refuseUnauthorized({ headers, caller }: WebRequest, { requiredAuth }: ExportedAction): void {
  const given = headers['x-require-whisk-auth'];
  const secret = typeof given === 'string' ? given : undefined;
  if (!mayRun(requiredAuth, { authenticated: caller !== undefined, secret })) {
    throw new Rejection(401, messages.webAuthentication);
  }
}
