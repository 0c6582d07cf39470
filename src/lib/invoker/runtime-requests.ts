import type { CodeExec } from '../entity/exec.js';
import { type JsonValue, numberOf } from '../entity/json.js';
import type { KeyValue } from '../entity/parameters.js';
import type { ActivationMessage } from './activation-message.js';

/** The JSON text that initializes a container for an action (action-interface.md §1.1, §1.3). `deadline` in epoch ms. */
export function initRequest(message: ActivationMessage, code: string | undefined, deadline: number): string {
  const { action } = message.executable;
  const exec: Partial<CodeExec> = 'binary' in action.exec ? action.exec : { binary: false };
  return JSON.stringify({
    value: {
      name: action.name,
      main: exec.main ?? 'main',
      code,
      binary: exec.binary,
      env: { ...message.initEnvironment, ...contextVariables(message, deadline) },
    },
  });
}

/** The JSON text that runs an action; `content` is the text of the arguments (§1.2). `deadline` in epoch ms, sent as text. */
export function runRequest(message: ActivationMessage, content: string, deadline: number): string {
  const context = JSON.stringify({
    namespace: message.identity.namespace,
    action_name: actionName(message),
    action_version: message.executable.action.version,
    activation_id: message.activationId,
    transaction_id: message.transactionId,
    deadline: String(deadline),
    api_key: apiKey(message),
  });
  return `{"value":${content},${context.slice(1)}`;
}

/** Fully qualified name with a leading slash, as actions see it (openwhisk-api.md §8.7). */
function actionName({ executable: { action } }: ActivationMessage): string {
  return `/${action.namespace}/${action.name}`;
}

function contextVariables(message: ActivationMessage, deadline: number): Record<string, string> {
  const key = apiKey(message);
  return {
    __OW_NAMESPACE: message.identity.namespace,
    __OW_ACTION_NAME: actionName(message),
    __OW_ACTION_VERSION: message.executable.action.version,
    __OW_ACTIVATION_ID: message.activationId,
    __OW_TRANSACTION_ID: message.transactionId,
    __OW_DEADLINE: String(deadline),
    ...(key === undefined ? {} : { __OW_API_KEY: key }),
  };
}

/** The key of the caller, if the annotation `provide-api-key` is truthy or missing (AI-318). */
function apiKey({ identity, executable }: ActivationMessage): string | undefined {
  const wish = executable.action.annotations.findLast((annotation: KeyValue) => annotation.key === 'provide-api-key');
  return wish === undefined || isTruthy(wish.value) ? `${identity.uuid}:${identity.key}` : undefined;
}

function isTruthy(value: JsonValue): boolean {
  return value !== null && value !== false && value !== '' && numberOf(value) !== 0;
}
