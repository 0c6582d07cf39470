import {
  type FullyQualifiedName,
  type NamedThing,
  parseFullyQualifiedName,
  parseNamespaceArgument,
} from '../../entity/fully-qualified-name.js';
import { UsageError } from '../../errors/client-errors.js';

const forms: Readonly<Record<NamedThing, string>> = {
  action: 'NAME, PACKAGE/NAME, /NAMESPACE/NAME or /NAMESPACE/PACKAGE/NAME',
  trigger: 'NAME or /NAMESPACE/NAME',
  rule: 'NAME or /NAMESPACE/NAME',
  package: 'NAME or /NAMESPACE/NAME',
};

/** The name of an entity as typed, `_` for the default namespace (C-8). Throws UsageError with wsk's text (C-55). */
export function parseEntityName(text: string, thing: NamedThing): FullyQualifiedName {
  try {
    return parseFullyQualifiedName(text, '_', thing);
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    throw new UsageError(`'${text}' is not a valid qualified name: A valid qualified name must be specified.`, {
      hint: `names are ${forms[thing]}`,
      cause,
    });
  }
}

/**
 * The name of a package to create. `pkg/sub` is no package of another namespace here, as it is where packages are read (C-8), but a
 * package in a package, which the host refuses.
 */
export function parseNewPackageName(text: string): FullyQualifiedName {
  const nested = !text.startsWith('/') && !text.startsWith('_/') && text.split('/').length === 2;
  return parseEntityName(text, nested ? 'action' : 'package');
}

/** `/NAMESPACE` where a list is restricted to it; `_` when it is absent (C-8, C-55). Throws UsageError. */
export function parseNamespaceScope(text: string | undefined): string {
  if (text === undefined) return '_';
  const name = /^(?:\/[^/]*\/)?([^/]+)$/.exec(text)?.[1];
  if (name !== undefined) {
    throw new UsageError(
      `An entity name, '${name}', was provided instead of a namespace. Valid namespaces are of the following format: /NAMESPACE.`,
    );
  }
  return parseNamespaceArgument(text, '_');
}
