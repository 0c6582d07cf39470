import type { JsonValue } from '../entity/json.js';

/** What a project should be on a control plane, whatever form its files have (D-3). */
export interface DesiredState {
  readonly project?: { readonly name: string; readonly hash: string; readonly file: string };
  readonly packages: ReadonlyMap<string, DesiredPackage>; // by name; no entry for `default`
  readonly actions: ReadonlyMap<string, DesiredAction>; // by 'pkg/name' or 'name'
  readonly triggers: ReadonlyMap<string, DesiredTrigger>;
  readonly rules: ReadonlyMap<string, DesiredRule>;
  readonly apis: readonly DesiredApi[];
}

export type Values = Readonly<Record<string, JsonValue>>; // JsonValue of entity/json

export type DesiredPackage =
  | { readonly publish: boolean; readonly version?: string; readonly parameters: Values; readonly annotations: Values }
  | { readonly binding: string; readonly parameters: Values; readonly annotations: Values }; // '/ns/package'

export type DesiredAction =
  | { readonly sequence: readonly string[]; readonly version?: string; readonly annotations: Values } // '/_/pkg/name' …
  | {
      readonly kind: string;
      readonly main?: string;
      readonly image?: string;
      readonly code?: DesiredCode;
      readonly version?: string;
      readonly parameters: Values;
      readonly annotations: Values;
      readonly limits: Partial<Record<'timeout' | 'memory' | 'logs' | 'concurrency', number>>;
    };

/** Code is read only when it is needed, so that a hundred large packages never lie in memory together (P-53). */
export interface DesiredCode {
  readonly source: string; // shown path, relative to the project
  readonly binary: boolean;
  readonly size: number; // bytes of what is sent, before base64
  readonly digest: string; // 'sha256:…', the tree hash (D-35)
  readonly read: () => Promise<string>; // the text of exec.code: text, or base64 when binary
}

export interface DesiredTrigger {
  readonly feed?: string;
  readonly feedParameters?: Values;
  readonly parameters: Values;
  readonly annotations: Values;
}

export interface DesiredRule {
  readonly trigger: string;
  readonly action: string;
  readonly annotations: Values;
}

export interface DesiredApi {
  readonly name: string;
  readonly basePath: string;
  readonly path: string;
  readonly method: string;
  readonly action: string;
  readonly response: string;
}
