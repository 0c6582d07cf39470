import type { ActivationStore } from '../database/activation-store.js';
import type { ArtifactStore, StoredEntity } from '../database/artifact-store.js';
import type { Throttle } from '../entitlement/throttle.js';
import type { StatusCode } from '../entity/activation.js';
import { newActivationId } from '../entity/activation-id.js';
import type { Clock } from '../entity/clock.js';
import { type KnownKinds, refuseDeprecated } from '../entity/exec-parser.js';
import { isJsonObject, type JsonObject, parseJson } from '../entity/json.js';
import type { Log } from '../entity/log.js';
import { defineArguments, mergeArguments, type MergedDefinition, mergeParameters } from '../entity/merge-arguments.js';
import { messages } from '../entity/messages.js';
import { annotationValue } from '../entity/parameters.js';
import type { Random } from '../entity/random.js';
import { MalformedContent } from '../errors/rejection.js';
import { openActivation } from '../invoker/activation-builder.js';
import type { ActivationMessage, ExecutableAction } from '../invoker/activation-message.js';
import type { FinishedActivation, Invoker } from '../invoker/invoker.js';
import type { ActionReader, FoundAction } from './action-reader.js';
import type { Answer } from './answer.js';
import { malformed, type QueryParameters } from './query-parameters.js';
import type { ApiRequest } from './route.js';

/** Longest wait of a blocking invocation, in ms; also the default (openwhisk-api.md §8.1). */
const maxWait = 60_000;

const statusOf: Readonly<Record<StatusCode, number>> = { 0: 200, 1: 502, 2: 502, 3: 500 };

interface Deps {
  readonly artifacts: ArtifactStore;
  readonly activations: ActivationStore;
  readonly reader: ActionReader;
  readonly invoker: Invoker;
  readonly throttle: Throttle;
  readonly manifest: KnownKinds;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

interface Wait {
  readonly blocking: boolean;
  readonly resultOnly: boolean;
  /** Milliseconds. */
  readonly timeout: number;
}

interface Prepared {
  readonly executable: ExecutableAction;
  readonly definition: MergedDefinition;
}

/** `POST` on an action (openwhisk-api.md §8). */
export class ActionInvocation {
  /** What an action outside packages needs for every run; goes with the cached entity. */
  private readonly prepared = new WeakMap<StoredEntity, Prepared>();

  constructor(private readonly deps: Deps) {}

  /** The order of the checks is that of §3.4; entitlement, rates and the size of the payload are checked before. */
  async activate(request: ApiRequest): Promise<Answer> {
    const wait = parseWait(request.query);
    const payload = parsePayload(request.body);
    const found = await this.deps.reader.find(request);
    refuseDeprecated(found.action.exec.kind, this.deps.manifest);
    const { executable, definition } = this.prepare(found, request);
    const message: ActivationMessage = {
      activationId: newActivationId(this.deps.random),
      transactionId: request.transactionId,
      identity: request.identity,
      executable,
      ...mergeArguments(definition, payload),
      received: request.received,
      ...(wait.blocking ? {} : { accepted: true }),
    };
    const running = this.deps.throttle.during(request.identity.namespace, this.deps.invoker.activate(message));
    return wait.blocking ? this.finish(message, running, wait) : this.accept(message, running);
  }

  private prepare(found: FoundAction, { access }: ApiRequest): Prepared {
    const known = access.package === undefined ? this.prepared.get(found.entity) : undefined;
    if (known !== undefined) return known;
    const { action, entity } = found;
    const parameters = mergeParameters([access.package?.parameters ?? [], action.parameters]);
    const binding = access.package?.binding;
    const prepared: Prepared = {
      definition: defineArguments(parameters, annotationValue(action.annotations, 'final') === true),
      executable: {
        action,
        revision: entity.revision,
        code: () => this.deps.artifacts.code(entity.key, entity.revision),
        ...(binding === undefined ? {} : { binding }),
      },
    };
    if (access.package === undefined) this.prepared.set(entity, prepared);
    return prepared;
  }

  /** Waits for the end (§8.3); when that takes too long, the activation goes on and the answer is a 202. */
  private async finish(
    message: ActivationMessage,
    running: Promise<FinishedActivation>,
    { timeout, resultOnly }: Wait,
  ): Promise<Answer> {
    const finished = await this.within(timeout, running);
    if (finished === undefined) return this.accept(message, running);
    const { statusCode, result, record } = finished;
    const text = resultOnly || result.startsWith('[') ? result : record;
    return { status: statusOf[statusCode], text, headers: idHeader(message.activationId) };
  }

  /** 202, only after the activation is stored: as accepted, or as ended when it was that quick (RS-102). */
  private async accept(message: ActivationMessage, running: Promise<FinishedActivation>): Promise<Answer> {
    const { activationId } = message;
    // A full queue refuses at once; then nothing was accepted and the caller gets the refusal.
    const ended = await Promise.race([running.then(() => true), afterTwoTurns()]);
    running.catch((error: unknown) => {
      this.deps.log.warn('controller', `activation ${activationId} was not run: ${String(error)}`);
    });
    if (!ended) await this.deps.activations.accept(openActivation(message));
    return { status: 202, text: `{"activationId":"${activationId}"}`, headers: idHeader(activationId) };
  }

  private within<T>(timeout: number, running: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const cancel = this.deps.clock.after(timeout, () => {
        resolve(undefined);
      });
      running.finally(cancel).then(resolve, reject);
    });
  }
}

/**
 * False after two turns of the event loop: an activation that fails without having touched a runtime is stored in the
 * first and known to have ended in the second.
 */
function afterTwoTurns(): Promise<false> {
  return new Promise((resolve) => {
    setImmediate(() => {
      setImmediate(resolve, false);
    });
  });
}

function parseWait(query: QueryParameters): Wait {
  const blocking = query.boolean('blocking', false);
  const resultOnly = query.boolean('result', false);
  const text = query.text('timeout');
  const timeout = text === undefined ? maxWait : /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (timeout < 1 || timeout > maxWait) throw malformed('timeout', messages.timeoutRange);
  return { blocking, resultOnly, timeout };
}

/** No body counts as `{}` (openwhisk-api.md §2.1). */
function parsePayload(text: string): JsonObject {
  if (text === '') return {};
  const payload = parseJson(text);
  if (!isJsonObject(payload)) throw new MalformedContent(messages.objectExpected);
  return payload;
}

function idHeader(activationId: string): Readonly<Record<string, string>> {
  return { 'x-openwhisk-activation-id': activationId };
}
