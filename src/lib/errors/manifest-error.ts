import { exitStatus } from './exit-status.js';
import { RtError } from './rt-error.js';

/** Stable words for what can be wrong with a project (deploy-and-dev.md §1.7). */
export type DiagnosticCode =
  | 'yaml-syntax'
  | 'duplicate-key'
  | 'unknown-key'
  | 'wrong-type'
  | 'bad-value'
  | 'bad-name'
  | 'empty-manifest'
  | 'code-and-function'
  | 'code-needs-runtime'
  | 'no-code'
  | 'file-not-found'
  | 'kind-needed'
  | 'unknown-kind'
  | 'kind-extension-mismatch'
  | 'build-failed'
  | 'missing-variable'
  | 'missing-input'
  | 'limit-out-of-range'
  | 'unknown-action'
  | 'unknown-trigger'
  | 'duplicate-entity'
  | 'sequence-empty'
  | 'sequence-cycle'
  | 'sequence-too-long'
  | 'api-needs-web-action'
  | 'bad-dependency'
  | 'project-name-missing'
  | 'project-name-mismatch'
  | 'unknown-in-deployment'
  | 'not-overridable'
  | 'target-mismatch'
  | 'deprecated-key'
  | 'deprecated-value'
  | 'deprecated-kind'
  | 'ignored-key'
  | 'yaml-1.1-boolean'
  | 'yaml-1.1-octal'
  | 'public-package'
  | 'secret-in-manifest'
  | 'two-package-lists';

/** Only an error keeps a project from being deployed. */
export type Severity = 'error' | 'warning' | 'info';

/** A place in a file of a project. Lines and columns count from 1; the end is behind the last character. */
export interface DiagnosticPlace {
  /** Path as the user knows it, relative to the working folder where that is shorter. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with a project, or worth knowing, and where (D-29). */
export interface Diagnostic extends DiagnosticPlace {
  readonly severity: Severity;
  readonly code: DiagnosticCode;
  /** A sentence without a full stop that names the thing. */
  readonly message: string;
  readonly endLine: number;
  readonly endColumn: number;
  /** Keys from the top of the file, `packages.p.actions.a.runtime`; empty for the whole file. */
  readonly path: string;
  /** What probably was meant instead of the word at the place. */
  readonly suggestion?: string;
  /** What to do, where that is more than another word. */
  readonly hint?: string;
  readonly related?: readonly (DiagnosticPlace & { readonly message: string })[];
}

/** A project that cannot be deployed, with everything that was found, warnings too. Exit 2; nothing was sent (D-28). */
export class ManifestError extends RtError {
  constructor(
    readonly diagnostics: readonly Diagnostic[],
    /** Texts of the files that were read, by the name that diagnostics use. */
    readonly texts: ReadonlyMap<string, string>,
  ) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    super('usage', errors.map(diagnosticLine).join('\n'), { exitStatus: exitStatus.usage });
  }
}

/** `manifest.yaml:8:9 packages.p.actions.a.runtimee: unknown key 'runtimee' in action 'p/a'` (D-29). */
export function diagnosticLine({ file, line, column, path, message }: Diagnostic): string {
  return `${file}:${String(line)}:${String(column)}${path === '' ? '' : ` ${path}`}: ${message}`;
}
