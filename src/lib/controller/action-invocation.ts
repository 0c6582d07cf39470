import type { Throttle } from '../entitlement/throttle.js';
import type { StatusCode } from '../entity/activation.js';
import { newActivationId } from '../entity/activation-id.js';
import { type KnownKinds, refuseDeprecated } from '../entity/exec-parser.js';
import { messages } from '../entity/messages.js';
import type { Random } from '../entity/random.js';
import type { ActivationInvoker, FinishedActivation } from '../invoker/invoker.js';
import type { ActionReader } from './action-reader.js';
import { type ActivationWait, maxWait } from './activation-wait.js';
import { activationIdHeader, type Answer } from './answer.js';
import type { ActionRunner } from './compositions/action-runner.js';
import type { ActivationOrder } from './compositions/activation-order.js';
import { optionalObject } from './json-body.js';
import { malformed, type QueryParameters } from './query-parameters.js';
import type { ApiRequest } from './route.js';

const statusOf: Readonly<Record<StatusCode, number>> = { 0: 200, 1: 502, 2: 502, 3: 500 };

interface Deps {
  readonly reader: ActionReader;
  readonly runner: ActionRunner;
  readonly wait: ActivationWait;
  readonly throttle: Throttle;
  readonly invoker: Pick<ActivationInvoker, 'room'>;
  readonly manifest: KnownKinds;
  readonly random: Random;
}

interface Wait {
  readonly blocking: boolean;
  readonly resultOnly: boolean;
  /** Milliseconds. */
  readonly timeout: number;
}

/** `POST` on an action (openwhisk-api.md §8). */
export class ActionInvocation {
  constructor(private readonly deps: Deps) {}

  /** The order of the checks is that of §3.4; entitlement, rates and the size of the payload are checked before. */
  async activate(request: ApiRequest): Promise<Answer> {
    const wait = parseWait(request.query);
    const payload = optionalObject(request.body);
    const known = this.deps.reader.find(request);
    const found = known instanceof Promise ? await known : known;
    refuseDeprecated(found.action.exec.kind, this.deps.manifest);
    const order: ActivationOrder = {
      activationId: newActivationId(request.received, this.deps.random),
      transactionId: request.transactionId,
      identity: request.identity,
      action: this.deps.runner.prepare(found, request.access),
      payload,
      received: request.received,
      accepted: !wait.blocking,
    };
    if (order.action.composite !== undefined) await this.deps.runner.admit(order);
    const running = this.deps.throttle.during(request.identity.namespace, () => this.deps.runner.run(order));
    if (wait.blocking) {
      // Waits for the end (§8.3); when that takes too long, the activation goes on and the answer is a 202.
      const finished = await this.deps.wait.within(wait.timeout, order, running);
      return finished === undefined ? acceptedAnswer(order) : endedAnswer(order, finished, wait);
    }
    // 202, only after the activation is stored (RS-102).
    await this.deps.wait.accept(order, running);
    const room = this.deps.invoker.room();
    if (room !== undefined) await room;
    return acceptedAnswer(order);
  }
}

function endedAnswer({ activationId }: ActivationOrder, finished: FinishedActivation, { resultOnly }: Wait): Answer {
  const { statusCode, result, record } = finished;
  const text = resultOnly || result.startsWith('[') ? result : record;
  return { status: statusOf[statusCode], text, headers: activationIdHeader(activationId) };
}

function acceptedAnswer({ activationId }: ActivationOrder): Answer {
  return { status: 202, text: `{"activationId":"${activationId}"}`, headers: activationIdHeader(activationId) };
}

function parseWait(query: QueryParameters): Wait {
  const blocking = query.boolean('blocking', false);
  const resultOnly = query.boolean('result', false);
  const text = query.text('timeout');
  const timeout = text === undefined ? maxWait : /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (timeout < 1 || timeout > maxWait) throw malformed('timeout', messages.timeoutRange);
  return { blocking, resultOnly, timeout };
}
