import { UsageError } from '../errors/client-errors.js';
import type { DesiredState } from './desired-state.js';
import { isSequence } from './planned-entity.js';

/** Which part of a project is meant (§1.6); all of it when nothing is said. */
export interface Selection {
  /** Names of actions, `pkg/name` or `name`. */
  readonly actions: readonly string[];
  /** Names of packages, each with its actions. */
  readonly packages: readonly string[];
  /** Names of entities of any kind that are left out; a package with its actions. */
  readonly excluded: readonly string[];
}

/** Whether a selection names anything, so that only a part is deployed and nothing deleted. */
export function isPartial({ actions, packages, excluded }: Selection): boolean {
  return actions.length + packages.length + excluded.length > 0;
}

/**
 * The selected part of a project. Triggers, rules and routes are no part of packages and belong to the whole only. Throws UsageError for a
 * name that matches nothing, before any request.
 */
export function selectPart(state: DesiredState, selection: Selection): DesiredState {
  if (!isPartial(selection)) return state;
  requireMatches(state, selection);
  const chosen = selection.actions.length + selection.packages.length > 0 ? chosenPart(state, selection) : state;
  return withoutExcluded(chosen, new Set(selection.excluded));
}

function chosenPart(state: DesiredState, { actions, packages }: Selection): DesiredState {
  const inActions = (name: string): boolean => actions.includes(name) || packages.includes(packageOf(name));
  // The package of a chosen action comes along: without it there would be no place for the action.
  const needed = new Set([...packages, ...actions.map(packageOf)]);
  return {
    ...state,
    packages: filtered(state.packages, (name) => needed.has(name)),
    actions: filtered(state.actions, inActions),
    triggers: new Map(),
    rules: new Map(),
    apis: [],
  };
}

function withoutExcluded(state: DesiredState, excluded: ReadonlySet<string>): DesiredState {
  const stays = (name: string): boolean => !excluded.has(name);
  return {
    ...state,
    packages: filtered(state.packages, stays),
    actions: filtered(state.actions, (name) => stays(name) && stays(packageOf(name))),
    triggers: filtered(state.triggers, stays),
    rules: filtered(state.rules, stays),
  };
}

function requireMatches(state: DesiredState, { actions, packages, excluded }: Selection): void {
  const holders = new Set([...state.packages.keys(), ...[...state.actions.keys()].map(packageOf)]);
  const any = (name: string): boolean =>
    holders.has(name) || [state.actions, state.triggers, state.rules].some((collection) => collection.has(name));
  const missing = [
    ...actions.filter((name) => !state.actions.has(name)).map((name) => `action '${name}' (--action)`),
    ...packages.filter((name) => !holders.has(name)).map((name) => `package '${name}' (--package)`),
    ...excluded.filter((name) => !any(name)).map((name) => `entity '${name}' (--exclude)`),
  ];
  if (missing.length === 0) return;
  throw new UsageError(`The project has no ${missing.join(', no ')}`, { hint: hintOf(state) });
}

function hintOf(state: DesiredState): string {
  const names = [...state.actions].map(([name, action]) => (isSequence(action) ? `${name} (sequence)` : name));
  return names.length === 0 ? 'it has no actions' : `its actions are ${names.slice(0, 10).join(', ')}`;
}

/** The package in the name of an action; `''` outside of packages. */
function packageOf(action: string): string {
  return action.slice(0, Math.max(0, action.indexOf('/')));
}

function filtered<T>(entities: ReadonlyMap<string, T>, keep: (name: string) => boolean): ReadonlyMap<string, T> {
  return new Map([...entities].filter(([name]) => keep(name)));
}
