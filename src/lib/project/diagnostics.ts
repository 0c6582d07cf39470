import type { Diagnostic, DiagnosticCode, Severity } from '../errors/manifest-error.js';
import type { Written } from './source-tree.js';

/** What a diagnostic may say besides its message. */
export interface DiagnosticDetail {
  readonly suggestion?: string | undefined;
  readonly hint?: string | undefined;
  readonly related?: readonly { readonly at: Written; readonly message: string }[];
}

/** Collects everything that is wrong with a project, so that reading never stops at the first problem (D-28). */
export class Diagnostics {
  private readonly found = new Map<string, Diagnostic>();

  /** How many there are. */
  get count(): number {
    return this.found.size;
  }

  error(code: DiagnosticCode, at: Written, message: string, detail?: DiagnosticDetail): void {
    this.add('error', code, { at, message, detail });
  }

  warning(code: DiagnosticCode, at: Written, message: string, detail?: DiagnosticDetail): void {
    this.add('warning', code, { at, message, detail });
  }

  info(code: DiagnosticCode, at: Written, message: string, detail?: DiagnosticDetail): void {
    this.add('info', code, { at, message, detail });
  }

  /** Sorted by file and position; what was said twice of one place stands once. */
  sorted(): readonly Diagnostic[] {
    return [...this.found.values()].sort(
      (a, b) => order(a.file, b.file) || a.line - b.line || a.column - b.column || order(a.code, b.code),
    );
  }

  private add(
    severity: Severity,
    code: DiagnosticCode,
    { at, message, detail = {} }: { at: Written; message: string; detail?: DiagnosticDetail | undefined },
  ): void {
    const start = at.file.placeOf(at.start);
    const end = at.file.placeOf(at.end);
    const { suggestion, hint, related } = detail;
    const key = [at.file.path, at.start, code, message].join('\0');
    if (this.found.has(key)) return;
    this.found.set(key, {
      severity,
      code,
      message,
      file: at.file.name,
      ...start,
      endLine: end.line,
      endColumn: end.column,
      path: at.path,
      ...(suggestion === undefined ? {} : { suggestion }),
      ...(hint === undefined ? {} : { hint }),
      ...(related === undefined
        ? {}
        : {
            related: related.map(({ at: other, message: text }) => ({
              file: other.file.name,
              ...other.file.placeOf(other.start),
              message: text,
            })),
          }),
    });
  }
}

function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
