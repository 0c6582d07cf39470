import { isEntityName } from '../entity/entity-name.js';
import { type Reading, resolveText } from './reading.js';
import type { MapEntry } from './source-tree.js';
import type { Scope } from './variables.js';

/** `package/name`, or `name` in the default package, which has no name. */
export function entityKey(packageName: string, name: string): string {
  return packageName === '' ? name : `${packageName}/${name}`;
}

/** The name that a key gives to an entity, its variables replaced; undefined for one that is illegal, which is reported. */
export function readName(reading: Reading, { keyNode }: MapEntry, scope: Scope, thing: string): string | undefined {
  const name = resolveText(reading, keyNode, scope);
  if (isEntityName(name)) return name;
  // A variable that is not set has been reported already.
  if (name === keyNode.text || name !== '') {
    reading.diagnostics.error('bad-name', keyNode, `'${name}' cannot be the name of ${thing}`, {
      hint: 'names have letters, digits, blanks and _ @ . & - and begin with a letter, a digit or _',
    });
  }
  return undefined;
}

/**
 * A name of an action or feed as `/ns/package/name` (§1.1.5): `name` is of the same package, `package/name` of the own namespace, which is
 * written `_`. Undefined for what has empty or too many parts.
 */
export function qualify(text: string, ownPackage: string): string | undefined {
  const parts = text.replace(/^\//, '').split('/');
  if (!parts.every(isEntityName)) return undefined;
  if (text.startsWith('/')) return parts.length === 2 || parts.length === 3 ? `/${parts.join('/')}` : undefined;
  if (parts.length === 1) return `/_/${entityKey(ownPackage, text)}`;
  if (parts.length === 2) return `/_/${text}`;
  return parts.length === 3 ? `/${text}` : undefined;
}

/** The key of an action of the own namespace, `package/name`; undefined for one of another namespace. */
export function ownKey(qualified: string): string | undefined {
  return qualified.startsWith('/_/') ? qualified.slice('/_/'.length) : undefined;
}
