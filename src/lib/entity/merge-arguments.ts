import { Rejection } from '../errors/rejection.js';
import { ExactNumber, type JsonObject, type JsonValue, stringifyJson } from './json.js';
import { messages } from './messages.js';
import type { Parameter } from './parameters.js';

/** The parameters of an action merged with those of its package and binding, ready for payloads (openwhisk-api.md §8.5). */
export interface MergedDefinition {
  /** Values that become arguments unless the payload says otherwise. */
  readonly plain: JsonObject;
  /** Values of the keys that go to the environment at `/init` (§8.6). */
  readonly init: ReadonlyMap<string, JsonValue>;
  /** Keys that a payload must not name; empty unless the action is `final`. */
  readonly immutable: ReadonlySet<string>;
  /** Whether `plain` holds nothing. */
  readonly isEmpty: boolean;
}

const noEnvironment: Readonly<Record<string, string>> = {};

/** What a run gets: arguments, and the environment of an initialization. */
export interface MergedArguments {
  readonly content: JsonObject;
  readonly initEnvironment: Readonly<Record<string, string>>;
}

/** Merges parameter sets, lowest precedence first: package, binding, action. The merge is shallow. */
export function mergeParameters(layers: readonly (readonly Parameter[])[]): Parameter[] {
  const merged = new Map<string, Parameter>();
  for (const parameter of layers.flat()) merged.set(parameter.key, parameter);
  return [...merged.values()];
}

/** Prepares merged parameters for invocations; `final` makes every key with a value that is not null immutable (§8.5). */
export function defineArguments(parameters: readonly Parameter[], final: boolean): MergedDefinition {
  const pairs = (chosen: readonly Parameter[]): [string, JsonValue][] => chosen.map(({ key, value }) => [key, value]);
  const plain = pairs(parameters.filter(({ init }) => init !== true));
  return {
    plain: Object.fromEntries(plain),
    isEmpty: plain.length === 0,
    init: new Map(pairs(parameters.filter(({ init }) => init === true))),
    immutable: new Set(final ? parameters.filter(({ value }) => value !== null).map(({ key }) => key) : []),
  };
}

/**
 * Lays the payload over the definition and splits by key: init keys go to the environment, also when the payload gives
 * their value (§8.6). Throws a 400 when the payload names an immutable key. Nothing is modified.
 */
export function mergeArguments(definition: MergedDefinition, payload: JsonObject): MergedArguments {
  const { plain, init, immutable } = definition;
  if (immutable.size > 0 && Object.keys(payload).some((key) => immutable.has(key))) {
    throw new Rejection(400, messages.parametersNotAllowed);
  }
  // An action without parameters, which is most of them, gets the payload itself.
  const content = definition.isEmpty ? payload : { ...plain, ...payload };
  if (init.size === 0) return { content, initEnvironment: noEnvironment };
  const environment = [...init].map(([key, value]): [string, string] => [
    key,
    toEnvironmentText(Object.hasOwn(payload, key) ? (payload[key] ?? null) : value),
  ]);
  return {
    content: Object.fromEntries(Object.entries(content).filter(([key]) => !init.has(key))),
    initEnvironment: Object.fromEntries(environment),
  };
}

/** The text of an init parameter in the environment (§8.6): strings as they are, null empty, the rest compact JSON. */
export function toEnvironmentText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return value instanceof ExactNumber ? value.text : stringifyJson(value);
}
