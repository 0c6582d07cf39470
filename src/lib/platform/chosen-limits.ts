import { type LimitOverrides, type LimitsDocument, NamespaceLimitsBook } from '../entity/namespace-limits.js';
import { PlatformError } from '../errors/client-errors.js';
import type { RuntimeManifest } from '../runtime-manifest/runtime-manifest.js';

/** Kinds of actions that no manifest lists. */
const kindsWithoutRuntime = ['sequence', 'blackbox'];

/** The limits of `--limits`, with the kinds that the names in it mean. Throws PlatformError for a kind that there is not. */
export function chosenLimits(document: LimitsDocument | undefined, manifest: RuntimeManifest): NamespaceLimitsBook {
  if (document === undefined) return new NamespaceLimitsBook();
  const named = Object.entries(document.namespaces ?? {});
  return new NamespaceLimitsBook({
    default: resolved(document.default ?? {}, manifest),
    namespaces: Object.fromEntries(named.map(([name, overrides]) => [name, resolved(overrides, manifest)])),
  });
}

function resolved(overrides: LimitOverrides, manifest: RuntimeManifest): LimitOverrides {
  const { allowedKinds } = overrides;
  if (allowedKinds === undefined) return overrides;
  return { ...overrides, allowedKinds: allowedKinds.map((kind) => kindOf(kind, manifest)) };
}

function kindOf(name: string, manifest: RuntimeManifest): string {
  if (kindsWithoutRuntime.includes(name)) return name;
  const kind = manifest.resolve(name)?.kind;
  if (kind !== undefined) return kind;
  throw new PlatformError(`--limits: the runtimes manifest has no kind '${name}'`, { hint: 'rt kind list' });
}
