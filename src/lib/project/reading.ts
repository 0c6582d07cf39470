import type { JsonValue } from '../entity/json.js';
import type { ValueOrigin } from './desired-state.js';
import type { Diagnostics } from './diagnostics.js';
import type { ScalarNode, SourceFile, Written } from './source-tree.js';
import { interpolate, type Scope } from './variables.js';

/** Gives the candidate that a mistyped word probably means (C-56). */
export type Nearest = (word: string, candidates: Iterable<string>) => string | undefined;

/** What everything that reads a project shares: where problems go, and what the command line says about values. */
export interface Reading {
  readonly diagnostics: Diagnostics;
  readonly nearest: Nearest;
  /** Unset variables are empty texts with a warning, as in wskdeploy (D-8). */
  readonly allowUnset: boolean;
  /** Kinds are sent unchecked, an API on an action that is not web is an error (§1.6). */
  readonly strict: boolean;
  /** `--param` and `--param-file`, by the name of an input (§1.1.3). */
  readonly given: ReadonlyMap<string, JsonValue>;
  /** `--param`, environment, `.env` files (D-7). */
  readonly outside: Scope;
  readonly origins: Map<string, ValueOrigin>;
}

/** A text with its variables replaced; each that is not set is reported (D-8). `used` collects their names. */
export function resolveText(reading: Reading, node: ScalarNode, scope: Scope, used: Set<string> = new Set()): string {
  const result = interpolate(node.text, scope);
  for (const name of result.used) used.add(name);
  for (const name of result.missing) reportMissing(reading, node, name, scope);
  return result.text;
}

function reportMissing({ diagnostics, nearest, allowUnset }: Reading, at: Written, name: string, scope: Scope): void {
  // An input that is made of itself has the same name.
  const suggestion = nearest(
    name,
    scope.names().filter((other) => other !== name),
  );
  const message = `the variable '${name}' is not set`;
  if (allowUnset) diagnostics.warning('missing-variable', at, `${message} and counts as empty`, { suggestion });
  else {
    const hint =
      suggestion === undefined ? `set it in the environment or in .env, or say --param ${name} VALUE` : undefined;
    diagnostics.error('missing-variable', at, message, { suggestion, hint });
  }
}

/** A whole file as a place, for what is wrong with none of its lines. */
export function wholeFile(file: SourceFile): Written {
  return { file, start: 0, end: 0, path: '' };
}
