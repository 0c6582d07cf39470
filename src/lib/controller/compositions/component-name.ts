import { isEntityName } from '../../entity/entity-name.js';
import type { FullyQualifiedName } from '../../entity/fully-qualified-name.js';
import type { JsonValue } from '../../entity/json.js';

/**
 * The action that a conductor names (openwhisk-api.md §12.1); undefined when it is none. With a leading slash it is
 * `/ns/[pkg/]name`; without, the namespace of the caller may be left out: `ns/pkg/name`, `pkg/name`, `name`.
 */
export function parseComponentName(value: JsonValue, callerNamespace: string): FullyQualifiedName | undefined {
  if (typeof value !== 'string') return undefined;
  const absolute = value.startsWith('/');
  const parts = (absolute ? value.slice(1) : value).split('/');
  if (parts.length > 3 || !parts.every(isEntityName)) return undefined;
  const [first = '', second = '', third = ''] = parts;
  const namespace = first === '_' ? callerNamespace : first;
  if (parts.length === 3) return { namespace, package: second, name: third };
  if (absolute) return parts.length === 2 ? { namespace, package: '', name: second } : undefined;
  if (parts.length === 1) return { namespace: callerNamespace, package: '', name: first };
  // `_` is no package but the namespace of the caller.
  return { namespace: callerNamespace, package: first === '_' ? '' : first, name: second };
}
