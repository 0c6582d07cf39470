import { isJsonObject, parseJson } from '../entity/json.js';
import { UsageError } from '../errors/client-errors.js';
import { extensionOfKind } from './kind-by-name.js';

/** Code of a deployed action. */
export interface DeployedCode {
  readonly kind: string;
  /** Source text or base64. */
  readonly code: string;
  readonly binary: boolean;
}

/** The code in an action's JSON text. Throws UsageError for a sequence, and for an image without code (§11.1, `--save`). */
export function deployedCode(action: string): DeployedCode {
  const document = parseJson(action);
  const exec = isJsonObject(document) ? document['exec'] : undefined;
  if (!isJsonObject(exec)) throw new UsageError('The host did not answer with the code of the action');
  const { kind, code, binary } = exec;
  if (kind === 'sequence') throw new UsageError('Cannot save action sequences');
  if (typeof code !== 'string') throw new UsageError('Cannot save Docker images');
  return { kind: typeof kind === 'string' ? kind : '', code, binary: binary === true };
}

/** Name of the file that `--save` writes: that of the action as it was typed, never one that the host chose (RS-229). */
export function savedName(actionName: string, { kind, binary }: DeployedCode): string {
  return actionName + extensionOfKind(kind, binary);
}

/** The bytes that the code stands for. */
export function codeBytes({ code, binary }: DeployedCode): Buffer {
  return Buffer.from(code, binary ? 'base64' : 'utf8');
}
