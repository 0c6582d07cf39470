import { isJsonObject, type JsonObject, type JsonValue } from '../entity/json.js';
import type { DesiredState } from './desired-state.js';

/** Name of the annotation by which entities of a managed project are known, to wskdeploy and aio too (D-23). */
export const managedKey = 'whisk-managed';

/** The project that an entity belongs to, from the value of its annotation; undefined when it says none. */
export function projectOf(value: JsonValue | undefined): string | undefined {
  const name = isJsonObject(value) ? value['projectName'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** The annotation of the entities of a project (D-23). */
export function managedValue({ name, hash, file }: NonNullable<DesiredState['project']>): JsonObject {
  return { projectName: name, projectHash: hash, projectDeps: [], file };
}
