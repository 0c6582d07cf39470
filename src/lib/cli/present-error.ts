import { UsageError } from '../errors/client-errors.js';
import { exitStatus } from '../errors/exit-status.js';
import { ManifestError } from '../errors/manifest-error.js';
import { RtError } from '../errors/rt-error.js';
import { UsageProblems } from './argv/usage-problems.js';
import { diagnosticLines } from './diagnostic-lines.js';
import { formatJson } from './json-text.js';
import type { OutputMode } from './output-mode.js';
import { PresentedFailure } from './presented-failure.js';
import type { Redactor } from './redaction.js';
import type { Terminal } from './terminal.js';
import type { Traces } from './traces.js';

/** What presenting an error needs; a Session has it. */
export interface ErrorSurroundings {
  readonly terminal: Terminal;
  readonly output: OutputMode;
  readonly traces: Traces;
  readonly redactor: Redactor;
}

/** Anything unknown that is thrown counts as a bug (C-58). */
function asRtError(error: unknown): RtError {
  if (error instanceof RtError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new RtError('internal', `internal error: ${message}`, {
    exitStatus: exitStatus.failed,
    hint: 'run again with -d for details',
    cause: error,
  });
}

function humanLines(error: RtError, context: ErrorSurroundings): readonly string[] {
  const { palette, interactive } = context.terminal;
  if (error instanceof ManifestError) {
    const view = { palette, texts: interactive ? error.texts : undefined };
    const lines = error.diagnostics.flatMap((diagnostic) => diagnosticLines(diagnostic, view));
    return lines.map((line) => context.redactor.redactKnown(line));
  }
  const problems = error instanceof UsageProblems ? error.problems : [error];
  const lines = problems.flatMap((problem) => [
    `${palette.error('error:')} ${context.redactor.redactKnown(problem.message)}`,
    ...(problem.hint === undefined ? [] : [`${palette.hint('hint:')} ${context.redactor.redactKnown(problem.hint)}`]),
  ]);
  if (error instanceof UsageError && error.showUsage) {
    const command = error instanceof UsageProblems && error.command !== '' ? ` ${error.command}` : '';
    lines.push(`Run 'rt${command} --help' for usage.`);
  }
  return lines;
}

/** The one document that stands for a failure with `--json` (C-49). */
function failureDocument(error: RtError, redactor: Redactor): object {
  return {
    error: {
      message: redactor.redactKnown(error.message),
      ...(error.hint === undefined ? {} : { hint: redactor.redactKnown(error.hint) }),
      code: error.code,
      ...(error.status === undefined ? {} : { status: error.status }),
      ...(error.transactionId === undefined ? {} : { tid: error.transactionId }),
      exitCode: error.exitStatus,
      ...(error instanceof ManifestError ? { diagnostics: error.diagnostics } : {}),
    },
  };
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

/**
 * Shows an error and gives the exit status: the single place where a status is chosen (B4). On stderr `error:`, `hint:` and for usage
 * errors where to read on (C-53); with `--json` also the document on stdout.
 */
export function presentError(error: unknown, context: ErrorSurroundings): number {
  if (error instanceof PresentedFailure) return error.exitStatus;
  const shown = asRtError(error);
  const { terminal, output } = context;
  if (output.format === 'json') {
    const pretty = output.pretty ?? terminal.interactive;
    terminal.answer(formatJson(JSON.stringify(failureDocument(shown, context.redactor)), pretty ? 2 : 0));
  }
  if (output.format !== 'json' || !terminal.quiet) {
    for (const line of humanLines(shown, context)) terminal.diagnostic(line);
  }
  if (context.traces.of('stack') === 'debug')
    terminal.diagnostic(terminal.palette.dim(context.redactor.redact(stackOf(error))));
  return shown.exitStatus;
}
