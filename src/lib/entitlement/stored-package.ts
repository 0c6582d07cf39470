import { CorruptEntity, type StoredEntity } from '../database/artifact-store.js';
import { isJsonObject, type JsonValue } from '../entity/json.js';
import { type Parameter, parseParameters } from '../entity/parameters.js';

/** What others need of a stored package: who may see it, what it adds, where a binding leads (openwhisk-api.md §16.2). */
export interface StoredPackage {
  readonly publish: boolean;
  readonly parameters: readonly Parameter[];
  /** The provider of a binding; absent on a plain package. */
  readonly binding?: { readonly namespace: string; readonly name: string };
}

/** Reads the document of a package; throws CorruptEntity when it is none. */
export function toStoredPackage(entity: StoredEntity): StoredPackage {
  const { publish, parameters, binding } = entity.document;
  if (typeof publish !== 'boolean' || !Array.isArray(parameters)) throw new CorruptEntity(entity.key);
  const provider = toProvider(binding);
  return { publish, parameters: parseParameters(parameters), ...(provider === undefined ? {} : { binding: provider }) };
}

function toProvider(binding: JsonValue | undefined): StoredPackage['binding'] {
  if (!isJsonObject(binding)) return undefined;
  const { namespace, name } = binding;
  return typeof namespace === 'string' && typeof name === 'string' ? { namespace, name } : undefined;
}
