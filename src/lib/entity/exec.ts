/** Code of a runtime kind. `code` is source text or base64; `binary` says which (openwhisk-api.md §7.3). */
export interface CodeExec {
  readonly kind: string;
  readonly binary: boolean;
  readonly main?: string;
}

/** A container image with optional code. */
export interface BlackboxExec {
  readonly kind: 'blackbox';
  readonly image: string;
  readonly binary: boolean;
  readonly main?: string;
}

/** A sequence; components are fully qualified, `/ns/[pkg/]name`. */
export interface SequenceExec {
  readonly kind: 'sequence';
  readonly components: readonly string[];
}

/** What an action executes, without its code: the store keeps code apart so that lists and lookups never read it. */
export type Exec = CodeExec | BlackboxExec | SequenceExec;
