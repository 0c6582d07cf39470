import { MalformedContent } from '../errors/rejection.js';
import { type FullyQualifiedName, parseReference } from './fully-qualified-name.js';
import { isJsonObject, type JsonValue } from './json.js';
import { messages } from './messages.js';

/** How rules name their trigger and action on the wire: `path` is `ns` or `ns/pkg` (openwhisk-api.md §14.2). */
export interface EntityPath {
  readonly path: string;
  readonly name: string;
}

/** A name as rules show it. */
export function toEntityPath(name: FullyQualifiedName): EntityPath {
  const path = name.package === '' ? name.namespace : `${name.namespace}/${name.package}`;
  return { path, name: name.name };
}

/** The name that an entity path stands for. */
export function fromEntityPath({ path, name }: EntityPath): FullyQualifiedName {
  const [namespace = '', inPackage = ''] = path.split('/');
  return { namespace, package: inPackage, name };
}

/** Whether a value of a stored document is an entity path. */
export function isEntityPath(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && typeof value['path'] === 'string' && typeof value['name'] === 'string';
}

/**
 * Reads a trigger or an action in the body of a rule: a string or an object (openwhisk-api.md §14.2). `_` becomes the
 * caller's namespace. Throws MalformedContent.
 */
export function parsePathReference(value: JsonValue, callerNamespace: string): FullyQualifiedName {
  const text = typeof value === 'string' ? value : joined(value);
  if (text === '') throw new MalformedContent(messages.nameMalformed);
  return parseReference(text, callerNamespace);
}

function joined(value: JsonValue): string {
  const { path, name } = isJsonObject(value) ? value : {};
  if (typeof path !== 'string' || typeof name !== 'string') throw new MalformedContent(messages.nameMalformed);
  return `${path}/${name}`;
}
