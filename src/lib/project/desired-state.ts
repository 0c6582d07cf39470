import type { JsonValue } from '../entity/json.js';

/** Parameters or annotations: values by name. */
export type Values = Readonly<Record<string, JsonValue>>;

/**
 * What a project wants to exist on a control plane, whatever form its files have (D-3). Plan, apply, report and development work on this
 * alone. Names are those of the entities, `_` is the own namespace.
 */
export interface DesiredState {
  /** A managed project: its name, the hash of its manifest as wskdeploy computes it, and the manifest's path in the project (D-23). */
  readonly project?: { readonly name: string; readonly hash: string; readonly file: string };
  /** By name; the actions of `default` belong to no package. */
  readonly packages: ReadonlyMap<string, DesiredPackage>;
  /** Actions and sequences by `package/name` or `name`. */
  readonly actions: ReadonlyMap<string, DesiredAction>;
  readonly triggers: ReadonlyMap<string, DesiredTrigger>;
  readonly rules: ReadonlyMap<string, DesiredRule>;
  readonly apis: readonly DesiredApi[];
  /** Where each value came from, by `packages/p/parameters/x`, `actions/p/a/annotations/y`, `triggers/t/feedParameters/z`. */
  readonly origins?: ReadonlyMap<string, ValueOrigin>;
}

/** Where a value was written, and the variables that it was made of. */
export interface ValueOrigin {
  readonly from: 'manifest' | 'deployment' | 'parameter';
  /** `manifest.yaml:12`; absent for a flag. */
  readonly place?: string;
  readonly variables: readonly string[];
}

/** A package, or a binding to the package `/ns/package` of someone else. */
export type DesiredPackage =
  | {
      readonly publish: boolean;
      readonly version?: string;
      readonly parameters: Values;
      readonly annotations: Values;
    }
  | { readonly binding: string; readonly parameters: Values; readonly annotations: Values };

/** A sequence of `/_/package/name`, or an action. */
export type DesiredAction = DesiredSequence | DesiredCodeAction;

/** A sequence; its parameters are none of ours. */
export interface DesiredSequence {
  readonly sequence: readonly string[];
  readonly version?: string;
  readonly annotations: Values;
}

/** An action with code, an image, or both. */
export interface DesiredCodeAction {
  /** As it is sent: `nodejs:default`, `nodejs:20`, `blackbox`. */
  readonly kind: string;
  readonly main?: string;
  readonly image?: string;
  readonly code?: DesiredCode;
  readonly version?: string;
  readonly parameters: Values;
  /** Parameters that are sent with `init: true`. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly annotations: Values;
  /** Only what the project states: `timeout` in ms, `memory` and `logs` in MB. */
  readonly limits: Partial<Record<'timeout' | 'memory' | 'logs' | 'concurrency', number>>;
}

/** Code is read only when it is needed, so that a hundred large packages never lie in memory together (P-53). */
export interface DesiredCode {
  /** Shown path, relative to the project. */
  readonly source: string;
  readonly binary: boolean;
  /** Bytes of what is sent, before base64. */
  readonly size: number;
  /** `sha256:…`, the tree hash (D-35). */
  readonly digest: string;
  /** Sorted names in the zip of a folder. */
  readonly files?: readonly string[];
  /** Whether it lies outside of the project, which the manifest has to say by `..` or an absolute path (D-2). */
  readonly outside?: boolean;
  /** The text of `exec.code`: text, or base64 when binary. */
  readonly read: () => Promise<string>;
}

/** A trigger; with a feed its inputs go to the feed. */
export interface DesiredTrigger {
  readonly feed?: string;
  readonly feedParameters?: Values;
  readonly parameters: Values;
  readonly annotations: Values;
}

/** From a trigger (a name, or `/ns/name` of another namespace) to an action `/_/package/name`. */
export interface DesiredRule {
  readonly trigger: string;
  readonly action: string;
  readonly annotations: Values;
}

/** A route of the API gateway to `package/name`. */
export interface DesiredApi {
  readonly name: string;
  /** With a leading slash, as `path`. */
  readonly basePath: string;
  readonly path: string;
  /** Upper case. */
  readonly method: string;
  readonly action: string;
  readonly response: string;
}
