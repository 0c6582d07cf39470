import { CorruptEntity, type StoredEntity } from '../database/artifact-store.js';
import type { Exec } from '../entity/exec.js';
import { isJsonObject, type JsonObject, stringifyJson } from '../entity/json.js';
import type { WhiskAction } from '../entity/whisk-action.js';

/** What the API shows of an action beside its stored fields. */
export interface ShownWith {
  /** Parameters merged with those of package and binding; absent: the action's own. */
  readonly parameters?: WhiskAction['parameters'];
  readonly code?: string | undefined;
  /** `ns/bindingPackage`; shown with metadata only (openwhisk-api.md §7.7). */
  readonly binding?: string | undefined;
}

/** The document of an action for the store: all but the code. */
export function toActionDocument(action: WhiskAction): JsonObject {
  const { limits, exec } = action;
  return {
    ...action,
    annotations: action.annotations.map(({ key, value }) => ({ key, value })),
    parameters: action.parameters.map((parameter) => ({ ...parameter })),
    limits: { ...limits },
    exec: { ...exec },
  };
}

/** An action from its stored document; throws CorruptEntity when that is none (RS-110). */
export function toAction({ document, key }: StoredEntity): WhiskAction {
  const { exec, limits, parameters, annotations, version } = document;
  const sound =
    isJsonObject(exec) &&
    isJsonObject(limits) &&
    Array.isArray(parameters) &&
    Array.isArray(annotations) &&
    typeof version === 'string';
  if (!sound) throw new CorruptEntity(key);
  return document as unknown as WhiskAction;
}

/** What lists show: no parameters, of `exec` only `binary` (openwhisk-api.md §6.5). */
export function toActionSummary(action: WhiskAction): string {
  const { namespace, name, version, publish, annotations, limits, exec, updated } = action;
  const summary = { namespace, name, version, publish, annotations, limits, exec: { binary: isBinary(exec) }, updated };
  return stringifyJson(summary);
}

/** The answer of `GET`, `PUT` and `DELETE` (openwhisk-api.md §7.2). */
export function toActionText(action: WhiskAction, { parameters, code, binding }: ShownWith): string {
  return stringifyJson({
    ...action,
    parameters: parameters ?? action.parameters,
    exec: code === undefined ? action.exec : { ...action.exec, code },
    ...(binding === undefined ? {} : { binding }),
  });
}

function isBinary(exec: Exec): boolean {
  return exec.kind !== 'sequence' && 'binary' in exec && exec.binary;
}
