import type { ActionScope } from '../../client/actions-client.js';
import type { FullyQualifiedName } from '../../entity/fully-qualified-name.js';
import { UsageError } from '../../errors/client-errors.js';
import { parseEntityName } from './entity-names.js';

/** What an argument of a list means: the parts of `/NAMESPACE`, `PACKAGE`, `/NS/PKG` or `ns/pkg` (C-8). Throws UsageError. */
export function parseActionScope(text: string | undefined): ActionScope {
  if (text === undefined) return { namespace: '_' };
  const parts = text.replace(/^\//, '').replace(/\/$/, '').split('/');
  const [first = '', second] = parts;
  if (parts.length > 2 || parts.some((part) => part === '' || part === '.')) {
    throw new UsageError(
      `'${text}' is neither a namespace (/NAMESPACE) nor a package (PACKAGE or /NAMESPACE/PACKAGE).`,
    );
  }
  if (second !== undefined) return { namespace: first, package: second };
  return text.startsWith('/') ? { namespace: first } : { namespace: '_', package: first };
}

/** What `activation list` is restricted to: a namespace, or an action or trigger by name. */
export interface ActivationScope {
  readonly namespace: string;
  /** `[pkg/]name`. */
  readonly name?: string;
}

/** The parts of `/NS`, `[PKG/]NAME`, `/NS/NAME` or `/NS/PKG/NAME` (§11.2). Throws UsageError. */
export function parseActivationScope(text: string | undefined): ActivationScope {
  if (text === undefined) return { namespace: '_' };
  const absolute = text.startsWith('/');
  const parts = (absolute ? text.slice(1).replace(/\/$/, '') : text).split('/');
  if (parts.length > 3 || parts.some((part) => part === '' || part === '.')) {
    throw new UsageError(`'${text}' is not a valid qualified name: A valid qualified name must be specified.`);
  }
  const [first = '', ...rest] = parts;
  if (absolute || parts.length === 3)
    return rest.length === 0 ? { namespace: first } : { namespace: first, name: rest.join('/') };
  return { namespace: '_', name: parts.join('/') };
}

/** The name of an action as typed, `_` for the default namespace (C-8). Throws UsageError with wsk's text (C-55). */
export function parseActionName(text: string): FullyQualifiedName {
  return parseEntityName(text, 'action');
}
