import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import { isJsonObject } from '../entity/json.js';
import { isMissing } from './delete-entities.js';
import { type ListRecord, objectsIn, parsedOrUndefined, readList, textOf } from './list-records.js';
import type { PackagesClient } from './packages-client.js';
import type { RulesClient } from './rules-client.js';

/** A package and the actions in it, feeds among them. A binding holds none: those it shows belong to another package. */
export interface PackageContents {
  readonly name: FullyQualifiedName;
  /** The namespace in the host's own words, never `_`. */
  readonly namespace: string;
  readonly actions: readonly FullyQualifiedName[];
}

/** What points to the actions of packages. */
export interface PackageDependents {
  readonly rules: readonly FullyQualifiedName[];
  /** Triggers whose every rule is among these. */
  readonly triggers: readonly FullyQualifiedName[];
}

/** What is in a package; undefined when it does not exist. */
export async function readContents(
  name: FullyQualifiedName,
  packages: PackagesClient,
): Promise<PackageContents | undefined> {
  try {
    const document = parsedOrUndefined(await packages.get(name));
    const found = isJsonObject(document) ? document : {};
    const { binding, actions, feeds } = found;
    const isBinding = isJsonObject(binding) && textOf(binding, 'name') !== undefined;
    const inside = isBinding ? [] : [...objectsIn(actions), ...objectsIn(feeds)];
    return {
      name,
      namespace: textOf(found, 'namespace') ?? name.namespace,
      actions: inside.map((action) => ({ ...name, package: name.name, name: textOf(action, 'name') ?? '' })),
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The rules that lead to actions of these packages, and the triggers that would be left without a rule (§11.5). */
export async function readDependents(
  contents: readonly PackageContents[],
  rules: RulesClient,
): Promise<PackageDependents> {
  const paths = new Set(contents.map(({ namespace, name }) => `${namespace}/${name.name}`));
  const found = { rules: [] as FullyQualifiedName[], triggers: [] as FullyQualifiedName[] };
  for (const namespace of new Set(contents.map(({ name }) => name.namespace))) {
    const all = await readList((page) => rules.list(namespace, page), { all: true, skip: 0 });
    const doomed = all.records.filter((rule) => paths.has(referenceOf(rule, 'action').path));
    const kept = new Set(all.records.filter((rule) => !doomed.includes(rule)).map(triggerOf));
    const orphans = new Set(doomed.map(triggerOf).filter((trigger) => !kept.has(trigger)));
    const named = (name: string): FullyQualifiedName => ({ namespace, package: '', name });
    found.rules.push(...doomed.map((rule) => named(textOf(rule, 'name') ?? '')));
    found.triggers.push(...[...orphans].map(named));
  }
  return found;
}

function triggerOf(rule: ListRecord): string {
  return referenceOf(rule, 'trigger').name;
}

function referenceOf(rule: ListRecord, member: 'action' | 'trigger'): { readonly path: string; readonly name: string } {
  const value = rule[member];
  const reference = isJsonObject(value) ? value : {};
  return { path: textOf(reference, 'path') ?? '', name: textOf(reference, 'name') ?? '' };
}
