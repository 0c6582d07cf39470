import { UsageError } from '../errors/client-errors.js';
import { MalformedContent } from '../errors/rejection.js';
import { isEntityName } from './entity-name.js';
import { messages } from './messages.js';

/** Where an entity lives. `package` is `''` for the default package. */
export interface FullyQualifiedName {
  readonly namespace: string;
  readonly package: string;
  readonly name: string;
}

/** What a name typed by a user may mean: two parts without a leading slash are read differently (cli.md C-8). */
export type NamedThing = 'action' | 'trigger' | 'rule' | 'package';

/** `ns/[pkg/]name`, as activation records and messages show it. */
export function formatPath(name: FullyQualifiedName): string {
  return name.package === '' ? `${name.namespace}/${name.name}` : `${name.namespace}/${name.package}/${name.name}`;
}

/** `/ns/[pkg/]name`, as sequences and rules show it. */
export function formatFullyQualifiedName(name: FullyQualifiedName): string {
  return `/${formatPath(name)}`;
}

/**
 * Reads a name as a user types it (cli.md C-8). `_` and an absent namespace become `defaultNamespace`; characters and
 * length are left to the server. Throws UsageError for what cannot name an entity.
 */
export function parseFullyQualifiedName(
  text: string,
  defaultNamespace: string,
  thing: NamedThing = 'action',
): FullyQualifiedName {
  const absolute = text.startsWith('/');
  const parts = (absolute ? text.slice(1) : text).split('/');
  requireParts(text, parts, thing);
  const [first = '', second = '', third = ''] = parts;
  const resolve = (namespace: string): string => (namespace === '_' ? defaultNamespace : namespace);
  if (parts.length === 3) return { namespace: resolve(first), package: second, name: third };
  if (parts.length === 1) return { namespace: defaultNamespace, package: '', name: first };
  // `pkg/hello` only for actions; `_/hello` cannot be a package and names the own namespace.
  const inPackage = thing === 'action' && !absolute && first !== '_';
  return inPackage
    ? { namespace: defaultNamespace, package: first, name: second }
    : { namespace: resolve(first), package: '', name: second };
}

/** Reads `/ns`, `/ns/` or `ns` where a namespace is expected (cli.md C-8); throws UsageError. */
export function parseNamespaceArgument(text: string, defaultNamespace: string): string {
  const name = text.replace(/^\//, '').replace(/\/$/, '');
  if (name === '' || name === '.' || name.includes('/')) throw new UsageError(`'${text}' is not a namespace.`);
  return name === '_' ? defaultNamespace : name;
}

/**
 * Reads a fully qualified name inside a request body: a component of a sequence, the trigger or action of a rule.
 * `_` becomes the caller's namespace. Throws MalformedContent with the details of openwhisk-api.md §7.3 and §4.2.
 */
export function parseReference(text: string, callerNamespace: string): FullyQualifiedName {
  const parts = text.replace(/^\//, '').split('/');
  if (parts.length < 2) throw new MalformedContent(messages.fullyQualifiedNeeded);
  if (parts.length > 3 || !parts.every(isEntityName)) throw new MalformedContent(messages.nameMalformed);
  const [first = '', second = '', third] = parts;
  const namespace = first === '_' ? callerNamespace : first;
  return third === undefined ? { namespace, package: '', name: second } : { namespace, package: second, name: third };
}

function requireParts(text: string, parts: readonly string[], thing: NamedThing): void {
  if (text === '') throw new UsageError(`The name of the ${thing} is empty.`);
  if (parts.some((part) => part === '' || part === '.')) {
    throw new UsageError(`'${text}' is not the name of ${article(thing)}: it has an empty part.`);
  }
  if (parts.length > (thing === 'action' ? 3 : 2)) {
    throw new UsageError(`'${text}' is not the name of ${article(thing)}: it has too many parts.`);
  }
  if (parts.length === 1 && text.startsWith('/')) {
    throw new UsageError(`'${text}' names a namespace, not ${article(thing)}.`);
  }
}

function article(thing: NamedThing): string {
  return thing === 'action' ? `an ${thing}` : `a ${thing}`;
}
