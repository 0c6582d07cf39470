import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';
import type {
  DesiredAction,
  DesiredApi,
  DesiredPackage,
  DesiredRule,
  DesiredSequence,
  DesiredState,
  DesiredTrigger,
} from './desired-state.js';

/** What a project consists of. */
export type ProjectThing = 'package' | 'action' | 'trigger' | 'rule' | 'api';

/** One entity of a desired state. The name of an api is `VERB /base/path`. */
export type PlannedEntity =
  | { readonly thing: 'package'; readonly name: string; readonly wanted: DesiredPackage }
  | { readonly thing: 'action'; readonly name: string; readonly wanted: DesiredAction }
  | { readonly thing: 'trigger'; readonly name: string; readonly wanted: DesiredTrigger }
  | { readonly thing: 'rule'; readonly name: string; readonly wanted: DesiredRule }
  | { readonly thing: 'api'; readonly name: string; readonly wanted: DesiredApi };

/** The entities of a desired state in the order of its collections. */
export function entitiesOf(state: DesiredState): readonly PlannedEntity[] {
  const { packages, actions, triggers, rules, apis } = state;
  return [
    ...[...packages].map(([name, wanted]) => ({ thing: 'package' as const, name, wanted })),
    ...[...actions].map(([name, wanted]) => ({ thing: 'action' as const, name, wanted })),
    ...[...triggers].map(([name, wanted]) => ({ thing: 'trigger' as const, name, wanted })),
    ...[...rules].map(([name, wanted]) => ({ thing: 'rule' as const, name, wanted })),
    ...apis.map((wanted) => ({ thing: 'api' as const, name: apiName(wanted), wanted })),
  ];
}

/** `GET /base/path`, by which plans and reports name a route. */
export function apiName({ method, basePath, path }: Pick<DesiredApi, 'method' | 'basePath' | 'path'>): string {
  return `${method.toUpperCase()} ${joined(basePath)}${joined(path)}`;
}

/** Whether an action is a sequence. */
export function isSequence(action: DesiredAction): action is DesiredSequence {
  return 'sequence' in action;
}

/** A path as the gateway has it: one slash before it and none behind; `/` for none at all. */
export function rooted(path: string): string {
  return joined(path) || '/';
}

function joined(path: string): string {
  const bare = path.replace(/^\/+|\/+$/g, '');
  return bare === '' ? '' : `/${bare}`;
}

/**
 * The name within the target's namespace of a reference such as `/_/pkg/name` or `pkg/name`; undefined when it leads to another namespace. `own` is the namespace
 * of the target in the host's own words.
 */
export function ownName(reference: string, own: string): string | undefined {
  const [namespace = '', ...rest] = absolute(reference, own).slice(1).split('/');
  return namespace === own ? rest.join('/') : undefined;
}

/** A reference with its namespace: `/ns/pkg/name` of `pkg/name`, `/_/pkg/name` and `/ns/pkg/name`. `own` stands for none and for `_`. */
export function absolute(reference: string, own: string): string {
  return reference.startsWith('/') ? reference.replace(/^\/_\//, `/${own}/`) : `/${own}/${reference}`;
}

/** Where an entity of the project is, in the namespace of the connection (C-10). */
export function placeOf({ thing, name }: { readonly thing: ProjectThing; readonly name: string }): FullyQualifiedName {
  const at = thing === 'action' ? name.indexOf('/') : -1;
  return { namespace: '_', package: name.slice(0, Math.max(at, 0)), name: name.slice(at + 1) };
}
