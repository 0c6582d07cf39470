import type { ActivationStore } from '../../src/lib/database/activation-store.js';
import { type ActivationResponse, type StatusCode, statusWords } from '../../src/lib/entity/activation.js';
import { isJsonObject, type JsonValue, parseJson, stringifyJson } from '../../src/lib/entity/json.js';
import type { ActivationMessage } from '../../src/lib/invoker/activation-message.js';
import type { ActivationInvoker, FinishedActivation } from '../../src/lib/invoker/invoker.js';

/** What the code of a test action may do, besides returning: wait for the test, or throw. */
export type Behaviour = (content: JsonValue, message: ActivationMessage) => JsonValue | Promise<JsonValue>;

/**
 * Runs no code: an action does what the behaviour of its name says, and echoes its arguments without one. Everything
 * around it, records included, is as the Invoker contract says.
 */
export class InlineInvoker implements ActivationInvoker {
  readonly behaviours = new Map<string, Behaviour>();
  readonly messages: ActivationMessage[] = [];
  /** Thrown by the next `activate`, once. */
  refusal: Error | undefined;
  inFlight = 0;
  /** What answers of accepted activations wait for. */
  crowd: Promise<void> | undefined;

  constructor(private readonly deps: { readonly store: ActivationStore }) {}

  async activate(message: ActivationMessage): Promise<FinishedActivation> {
    const { refusal } = this;
    this.refusal = undefined;
    if (refusal !== undefined) throw refusal;
    this.messages.push(message);
    this.inFlight += 1;
    try {
      return await this.run(message);
    } finally {
      this.inFlight -= 1;
    }
  }

  whole<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  room(): Promise<void> | undefined {
    return this.crowd;
  }

  private async run(message: ActivationMessage): Promise<FinishedActivation> {
    const { action } = message.executable;
    const behaviour = this.behaviours.get(action.name);
    // Through text, as with a real runtime: nothing is shared with the caller.
    const content = parseJson(stringifyJson(message.content));
    const value = behaviour === undefined ? content : await behaviour(content, message);
    const failed = isJsonObject(value) && Object.hasOwn(value, 'error');
    return this.finish(message, failed ? 1 : 0, value);
  }

  private async finish(
    message: ActivationMessage,
    statusCode: StatusCode,
    value: JsonValue,
  ): Promise<FinishedActivation> {
    const { action, binding } = message.executable;
    const result = stringifyJson(value);
    const response: ActivationResponse = {
      status: statusWords[statusCode],
      success: statusCode === 0,
      size: result.length,
      result: value,
    };
    const [, packageName = ''] = (binding ?? action.namespace).split('/');
    const activation = {
      namespace: message.identity.namespace,
      name: action.name,
      version: action.version,
      subject: message.identity.subject,
      activationId: message.activationId,
      start: message.received,
      end: message.received + 1,
      duration: 1,
      publish: false as const,
      annotations: [{ key: 'path', value: `${action.namespace}/${action.name}` }],
      response,
    };
    const record = stringifyJson({ ...activation, logs: ['2024-01-01T00:00:00.000000000Z stdout: hello'] });
    const { response: _hidden, ...shown } = activation;
    const summary = stringifyJson({ ...shown, statusCode });
    const { activationId, namespace, name, start } = activation;
    await this.deps.store.put({ activationId, namespace, name, package: packageName, start, record, summary });
    return {
      statusCode,
      result,
      record,
      activationId,
      duration: 1,
      size: result.length,
      waitTime: 0,
      initTime: undefined,
    };
  }
}
