import type { CodeExec } from '../entity/exec.js';
import type { ActivationMessage } from './activation-message.js';
import { textsOf } from './executable-texts.js';

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
  const { identity, executable, activationId, transactionId } = message;
  const key = apiKey(message);
  return (
    `{"value":${content},"namespace":${JSON.stringify(identity.namespace)},${textsOf(executable).context},` +
    `"activation_id":"${activationId}","transaction_id":${JSON.stringify(transactionId)},"deadline":"${String(deadline)}"` +
    `${key === undefined ? '' : `,"api_key":${JSON.stringify(key)}`}}`
  );
}

function contextVariables(message: ActivationMessage, deadline: number): Record<string, string> {
  const key = apiKey(message);
  return {
    __OW_NAMESPACE: message.identity.namespace,
    __OW_ACTION_NAME: `/${textsOf(message.executable).path}`,
    __OW_ACTION_VERSION: message.executable.action.version,
    __OW_ACTIVATION_ID: message.activationId,
    __OW_TRANSACTION_ID: message.transactionId,
    __OW_DEADLINE: String(deadline),
    ...(key === undefined ? {} : { __OW_API_KEY: key }),
  };
}

/** The key of the caller, if the action gets it (AI-318). */
function apiKey({ identity, executable }: ActivationMessage): string | undefined {
  return textsOf(executable).providesKey ? `${identity.uuid}:${identity.key}` : undefined;
}
