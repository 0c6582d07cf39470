import type { Deployment } from '../../project/carry-out.js';
import type { ApplyReport, Outcome } from '../../project/outcome.js';
import { stringifyJson } from '../../entity/json.js';
import type { OutputMode } from '../output-mode.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Redactor } from '../redaction.js';
import type { Terminal } from '../terminal.js';
import { planDocument } from './project-plan.js';

/** Prints one line for each entity as it is done (C-73); unchanged ones only count. */
export class DeploymentLines implements ApplyReport {
  constructor(
    private readonly context: {
      readonly terminal: Terminal;
      readonly redactor: Redactor;
      readonly output: OutputMode;
    },
  ) {}

  done(outcome: Outcome): void {
    const { terminal, redactor, output } = this.context;
    const told = outcome.kind === 'failed' || outcome.kind === 'skipped';
    // Other forms of output have one document, or the names, at the end.
    if (!told && output.format !== 'text' && output.format !== 'wide') return;
    const { palette } = terminal;
    const { thing, name } = outcome;
    switch (outcome.kind) {
      case 'unchanged':
        return;
      case 'failed': {
        const { message, hint } = outcome.error;
        terminal.diagnostic(`${palette.error('error:')} ${redactor.redactKnown(message)}`);
        if (hint !== undefined) terminal.diagnostic(`${palette.hint('hint:')} ${redactor.redactKnown(hint)}`);
        return;
      }
      case 'skipped':
        terminal.diagnostic(`skipped ${thing} ${palette.name(name)}: needs ${outcome.needs}`);
        return;
      default:
        terminal.ok(`ok: ${outcome.kind} ${thing} ${palette.name(name)}`);
    }
  }

  warning(text: string): void {
    const { terminal, redactor } = this.context;
    terminal.warn(redactor.redactKnown(text));
  }
}

const kinds = ['created', 'updated', 'unchanged', 'deleted', 'failed', 'skipped'] as const;

/** Shows how a deploy or undeploy ended: wskdeploy's line, the counts, the URLs (C-73); `--json` is the document of cli.md §13. */
export class DeploymentPresenter implements Presenter {
  constructor(
    private readonly deployment: Deployment,
    private readonly verb: 'Deployment' | 'Undeployment',
    private readonly redactor: Redactor,
  ) {}

  text(terminal: Terminal): void {
    const { urls } = this.deployment;
    if (hasFailed(this.deployment)) {
      terminal.diagnostic(`${this.verb} did not complete: ${this.counts()}`);
    } else {
      terminal.ok(`Success: ${this.verb} completed successfully.`);
      terminal.ok(this.counts());
    }
    for (const [name, url] of Object.entries(urls)) terminal.answer(`${terminal.palette.name(name)} ${url}`);
  }

  json(): JsonText {
    const { plan, urls, durationMs, target, warnings } = this.deployment;
    const lists = kinds.map((kind) => [kind, this.of(kind).map((outcome) => this.documentOf(outcome))] as const);
    const plain = { urls, plan: planDocument(plan), warnings, durationMs, target };
    return new JsonText(stringifyJson({ ...Object.fromEntries(lists), ...plain }));
  }

  names(): readonly string[] {
    const gone = new Set<Outcome['kind']>(['failed', 'skipped']);
    return this.deployment.outcomes.filter(({ kind }) => !gone.has(kind)).map(({ name }) => name);
  }

  private of(kind: Outcome['kind']): readonly Outcome[] {
    return this.deployment.outcomes.filter((outcome) => outcome.kind === kind);
  }

  private counts(): string {
    const parts = kinds.flatMap((kind) => {
      const count = this.of(kind).length;
      return count === 0 ? [] : [`${String(count)} ${kind}`];
    });
    return parts.length === 0 ? 'nothing to do' : parts.join(', ');
  }

  private documentOf(outcome: Outcome): object {
    const { thing: type, name } = outcome;
    if (outcome.kind === 'skipped') return { type, name, needs: outcome.needs };
    if (outcome.kind !== 'failed') return { type, name };
    const { code, message, status } = outcome.error;
    return {
      type,
      name,
      code,
      message: this.redactor.redactKnown(message),
      ...(status === undefined ? {} : { status }),
    };
  }
}

/** Whether anything of a deploy failed, so that it exits with 1 (D-19). */
export function hasFailed({ outcomes }: Deployment): boolean {
  return outcomes.some(({ kind }) => kind === 'failed');
}
