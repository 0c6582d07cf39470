import type { Diagnostic, Severity } from '../../errors/manifest-error.js';
import type { ReadProject } from '../../project/load-project.js';
import { diagnosticHint, diagnosticLines } from '../diagnostic-lines.js';
import type { Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';

/** How `rt project validate` prints what it found. */
export const diagnosticFormats = ['text', 'github', 'sarif'] as const;

export type DiagnosticFormat = (typeof diagnosticFormats)[number];

/** What is wrong with a project, line by line, and whether it can be deployed (C-73, D-29). */
export class ProjectValidated implements Presenter {
  constructor(
    private readonly read: ReadProject,
    private readonly options: { readonly format: DiagnosticFormat; readonly version: string; readonly strict: boolean },
  ) {}

  /** Whether a deploy would stop here; with `strict` warnings count. */
  get failed(): boolean {
    return this.count('error') > 0 || (this.options.strict && this.count('warning') > 0);
  }

  text(terminal: Terminal): void {
    const { format } = this.options;
    if (format === 'sarif')
      terminal.answer(JSON.stringify(sarif(this.read.diagnostics, this.options.version), undefined, 2));
    else if (format === 'github')
      for (const diagnostic of this.read.diagnostics) terminal.answer(githubLine(diagnostic));
    else this.lines(terminal);
  }

  json(): object {
    return { diagnostics: this.read.diagnostics };
  }

  private lines(terminal: Terminal): void {
    const { diagnostics, texts, state } = this.read;
    const view = { palette: terminal.palette, texts: terminal.interactive ? texts : undefined };
    for (const diagnostic of diagnostics) for (const line of diagnosticLines(diagnostic, view)) terminal.answer(line);
    if (this.failed) {
      terminal.answer(`${plural(this.count('error'), 'error')}, ${plural(this.count('warning'), 'warning')}`);
      return;
    }
    const { packages, actions, triggers, rules, apis } = state ?? {};
    const counts = [
      [packages?.size, 'package'],
      [actions?.size, 'action'],
      [triggers?.size, 'trigger'],
      [rules?.size, 'rule'],
      [apis?.length, 'route'],
    ] as const;
    const found = counts.map(([number = 0, word]) => plural(number, word)).join(', ');
    terminal.ok(`ok: the project is valid: ${found}`);
  }

  private count(wanted: Severity): number {
    return this.read.diagnostics.filter(({ severity }) => severity === wanted).length;
  }
}

function plural(number: number, word: string): string {
  return `${String(number)} ${word}${number === 1 ? '' : 's'}`;
}

function sentence(diagnostic: Diagnostic): string {
  const hint = diagnosticHint(diagnostic);
  return `${diagnostic.message}${hint === undefined ? '' : ` (${hint})`}`;
}

/** A workflow command, which GitHub shows beside the line. */
function githubLine(diagnostic: Diagnostic): string {
  const { severity, file, line, column, endLine, endColumn, code } = diagnostic;
  const word = severity === 'info' ? 'notice' : severity;
  const places = { file, line, col: column, endLine, endColumn, title: code };
  const properties = Object.entries(places).map(([name, value]) => `${name}=${escaped(String(value), /[%\r\n:,]/g)}`);
  return `::${word} ${properties.join(',')}::${escaped(sentence(diagnostic), /[%\r\n]/g)}`;
}

function escaped(text: string, characters: RegExp): string {
  const hex = (character: string): string => character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
  return text.replace(characters, (character) => `%${hex(character)}`);
}

/** The document that code scanning reads, SARIF 2.1.0. */
function sarif(diagnostics: readonly Diagnostic[], version: string): object {
  const level = { error: 'error', warning: 'warning', info: 'note' } as const;
  const rules = [...new Set(diagnostics.map(({ code }) => code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'rt', version, rules: rules.map((id) => ({ id })) } },
        results: diagnostics.map((diagnostic) => ({
          ruleId: diagnostic.code,
          level: level[diagnostic.severity],
          message: { text: sentence(diagnostic) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: diagnostic.file.split('/').map(encodeURIComponent).join('/') },
                region: {
                  startLine: diagnostic.line,
                  startColumn: diagnostic.column,
                  endLine: diagnostic.endLine,
                  endColumn: diagnostic.endColumn,
                },
              },
            },
          ],
        })),
      },
    ],
  };
}
