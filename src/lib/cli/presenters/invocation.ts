import { exitStatus, exitStatusOfHttp } from '../../errors/exit-status.js';
import type { Invocation } from '../../client/invocation.js';
import { PresentedFailure } from '../presented-failure.js';
import { JsonText, type Presenter } from '../presenter.js';
import type { Terminal } from '../terminal.js';
import { shownJson } from './action-document.js';

/** Shows what came of an invocation: success on stdout, a failed action the same way on stderr (C-44). */
export class InvocationPresenter implements Presenter {
  constructor(
    private readonly shown: {
      readonly invocation: Invocation;
      /** `/ns/[pkg/]name`. */
      readonly name: string;
      /** Whether only the result is shown. */
      readonly onlyResult: boolean;
    },
  ) {}

  text(terminal: Terminal): void {
    const { invocation } = this.shown;
    switch (invocation.outcome) {
      case 'accepted':
        if (terminal.quiet) terminal.answer(invocation.activationId);
        else terminal.ok(this.invoked(terminal));
        return;
      case 'pending':
        terminal.diagnostic(this.invoked(terminal));
        return;
      case 'success':
        if (!this.shown.onlyResult) terminal.ok(this.invoked(terminal));
        terminal.answer(shownJson(invocation.body));
        return;
      case 'failure':
        if (!this.shown.onlyResult && !terminal.quiet) terminal.diagnostic(this.invoked(terminal));
        terminal.diagnostic(shownJson(invocation.body));
    }
  }

  json(): JsonText | object {
    const { invocation } = this.shown;
    switch (invocation.outcome) {
      case 'accepted':
        return { activationId: invocation.activationId };
      case 'pending':
        return { activationId: invocation.activationId, finished: false };
      case 'success':
      case 'failure':
        return new JsonText(invocation.body);
    }
  }

  names(): readonly string[] {
    const { activationId } = this.shown.invocation;
    return activationId === undefined ? [] : [activationId];
  }

  private invoked({ palette }: Terminal): string {
    const { invocation, name } = this.shown;
    const unfinished = invocation.outcome === 'pending' ? ', but the request has not yet finished,' : '';
    const id = invocation.activationId === undefined ? '' : ` with id ${palette.name(invocation.activationId)}`;
    return `ok: invoked ${palette.name(name)}${unfinished}${id}`;
  }
}

/** The error that sets the exit status after the answer was shown; undefined when all went well (§8). */
export function invocationFailure(invocation: Invocation): PresentedFailure | undefined {
  switch (invocation.outcome) {
    case 'accepted':
    case 'success':
      return undefined;
    case 'pending':
      return new PresentedFailure('pending', exitStatus.pending);
    case 'failure':
      return new PresentedFailure('app_error', exitStatusOfHttp(invocation.status));
  }
}
