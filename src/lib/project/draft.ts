import type { DesiredApi, DesiredPackage, DesiredTrigger, Values } from './desired-state.js';
import type { ScalarNode, SourceNode, Written } from './source-tree.js';

/** A name of another entity as it is written, its variables replaced. */
export interface Reference {
  readonly text: string;
  readonly at: Written;
}

/** How an action is reachable without a key (§1.1.2, `web`). */
export type WebMode = 'true' | 'raw' | 'false';

/** What actions and sequences have in common. */
interface ActionBase {
  /** `package/name`, or `name` in the default package. */
  readonly key: string;
  /** Empty for the default package. */
  readonly package: string;
  readonly at: Written;
  readonly web: WebMode | undefined;
  readonly version: string | undefined;
  readonly annotations: Values;
}

/** A sequence, its components not yet resolved. */
export interface SequenceDraft extends ActionBase {
  readonly type: 'sequence';
  readonly components: readonly Reference[];
}

/** An action, its code not yet read. */
export interface CodeActionDraft extends ActionBase {
  readonly type: 'action';
  readonly parameters: Values;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, number>>;
  readonly main: string | undefined;
  /** Image of a blackbox action. */
  readonly image: string | undefined;
  readonly runtime: Reference | undefined;
  readonly code: CodeDraft;
}

/** Where the code of an action comes from. */
export type CodeDraft =
  | { readonly type: 'none' }
  | { readonly type: 'inline'; readonly node: ScalarNode }
  | {
      readonly type: 'path';
      readonly path: string;
      readonly at: Written;
      readonly include: readonly IncludeDraft[];
      readonly exclude: readonly string[];
    };

/** `[source]` or `[source, destination]` of `include`. */
export interface IncludeDraft {
  readonly source: string;
  readonly destination: string;
  readonly at: Written;
}

export type ActionDraft = SequenceDraft | CodeActionDraft;

/** A rule, its names not yet resolved. */
export interface RuleDraft {
  readonly at: Written;
  readonly package: string;
  readonly trigger: Reference | undefined;
  readonly action: Reference | undefined;
  readonly annotations: Values;
}

/** A route; `action` is a key of the actions. */
export interface RouteDraft extends DesiredApi {
  readonly at: Written;
}

/** Something of the project and where it is written. */
export interface Placed<Value> {
  readonly at: Written;
  readonly value: Value;
}

/** Everything that the files of a project say, before names are resolved and code is read. */
export interface ProjectDraft {
  readonly packages: Map<string, Placed<DesiredPackage>>;
  readonly actions: Map<string, ActionDraft>;
  readonly triggers: Map<string, Placed<DesiredTrigger>>;
  readonly rules: Map<string, RuleDraft>;
  readonly routes: RouteDraft[];
}

/** Inputs and annotations that deployment files give to one entity (§1.1.8). */
export interface Overrides {
  readonly inputs: ReadonlyMap<string, SourceNode>;
  readonly annotations: ReadonlyMap<string, SourceNode>;
}
