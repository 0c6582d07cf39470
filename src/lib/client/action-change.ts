import type { FullyQualifiedName } from '../entity/fully-qualified-name.js';

/** A parameter or annotation of a request; `value` is JSON text, so that numbers keep their digits (C-24). */
export interface WireEntry {
  readonly key: string;
  readonly value: string;
  /** Delivered as an environment variable (openwhisk-api.md §8.6). */
  readonly init?: true;
}

/** Whether the action is a web action, as `--web` says (C-40). */
export type WebExport = 'true' | 'raw' | 'false';

/** What `--web-secure` says (C-41): a secret made by us, none, or the user's own. */
export type WebSecret =
  { readonly type: 'generate' } | { readonly type: 'none' } | { readonly type: 'own'; readonly secret: string };

/** Limits as the user gave them: `timeout` in ms, `memory` and `logs` in MB. */
export interface LimitChange {
  readonly timeout?: number;
  readonly memory?: number;
  readonly logs?: number;
  readonly concurrency?: number;
}

/** What the command line says about an action. What is absent is left to the server, or as it is stored (C-29, C-64). */
export interface ActionChange {
  readonly exec?: object;
  /** Take exec, limits, parameters and annotations of this action, as far as nothing else is said (C-39). */
  readonly copyFrom?: FullyQualifiedName;
  /** Plain parameters and those with `init`; an empty list clears what is stored. */
  readonly parameters?: readonly WireEntry[];
  readonly annotations?: readonly WireEntry[];
  readonly limits?: LimitChange;
  readonly web?: WebExport;
  readonly webSecret?: WebSecret;
  readonly removedAnnotations?: readonly string[];
  /** Keys of plain parameters to remove (C-30). */
  readonly removedParameters?: readonly string[];
  /** Keys of environment values to remove. */
  readonly removedEnvironment?: readonly string[];
}

/** The later of each key, at the place where the key first stood. */
export function mergeEntries(...lists: readonly (readonly WireEntry[])[]): readonly WireEntry[] {
  return [...new Map(lists.flat().map((entry) => [entry.key, entry])).values()];
}

/** The array form of the wire (C-29). */
export function entriesText(entries: readonly WireEntry[]): string {
  const texts = entries.map(({ key, value, init }) => {
    const mark = init === true ? ',"init":true' : '';
    return `{"key":${JSON.stringify(key)},"value":${value}${mark}}`;
  });
  return `[${texts.join(',')}]`;
}
