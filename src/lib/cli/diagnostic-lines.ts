import { type Diagnostic, diagnosticLine } from '../errors/manifest-error.js';
import type { Palette } from './terminal.js';

/** How a diagnostic is shown. */
export interface DiagnosticView {
  readonly palette: Palette;
  /** Texts of the files; with them the line is shown (D-29). */
  readonly texts?: ReadonlyMap<string, string> | undefined;
}

const severityWords = { error: 'error:', warning: 'warning:', info: 'note:' } as const;

/** A diagnostic as people read it: the sentence with its place, the hint, and the line of the file (D-29). */
export function diagnosticLines(diagnostic: Diagnostic, { palette, texts }: DiagnosticView): readonly string[] {
  const { severity, file } = diagnostic;
  const role = severity === 'info' ? 'dim' : severity;
  const hint = diagnosticHint(diagnostic);
  const text = texts?.get(file);
  return [
    `${palette[role](severityWords[severity])} ${diagnosticLine(diagnostic)}`,
    ...(hint === undefined ? [] : [`${palette.hint('hint:')} ${hint}`]),
    ...(text === undefined ? [] : ['', ...frame(diagnostic, text, palette), '']),
  ];
}

/** What to do about it: the word that was probably meant, or a sentence. */
export function diagnosticHint({ suggestion, hint }: Diagnostic): string | undefined {
  if (suggestion === undefined) return hint;
  return `did you mean '${suggestion}'?${hint === undefined ? '' : ` ${hint}`}`;
}

/** The line before, the line, and marks below what is meant. */
function frame({ line, column, endLine, endColumn }: Diagnostic, text: string, palette: Palette): readonly string[] {
  const lines = text.split('\n').map((content) => content.replace(/\r$/, ''));
  const width = String(line).length;
  const numbered = (number: number, mark: string): string =>
    `   ${mark} ${String(number).padStart(width)} | ${lines[number - 1] ?? ''}`.trimEnd();
  const current = lines[line - 1] ?? '';
  const end = endLine === line ? endColumn : current.length + 1;
  const marks = '^'.repeat(Math.max(1, end - column));
  // Tabs stay tabs, so that the marks stand below the word.
  const lead = current.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  return [
    ...(line > 1 ? [palette.dim(numbered(line - 1, ' '))] : []),
    numbered(line, '>'),
    `     ${' '.repeat(width)} | ${lead}${palette.error(marks)}`,
  ];
}
