/** The action cannot be loaded: `message` is the error of the answer to `/init`, `note` a line for the logs (action-interface.md §1.4). */
export class LoadFailure extends Error {
  constructor(
    message: string,
    readonly note?: string,
  ) {
    super(message);
    this.name = 'LoadFailure';
  }
}

/** The texts of the official proxy, by what a language does with init errors. */
export const loadTexts = {
  /** The source was refused; `output` is what the compiler or the launcher said. */
  refused: (style: InitErrors, output: string): LoadFailure =>
    style === 'logged'
      ? new LoadFailure(generalBuildText, output === '' ? undefined : output)
      : new LoadFailure(output === '' ? 'cannot compile' : output),
  /** The process ended before it was ready. */
  exited: (style: InitErrors): LoadFailure =>
    style === 'logged'
      ? new LoadFailure(generalStartText, 'Command exited abruptly during initialization.')
      : new LoadFailure('cannot start action: command exited'),
  /** The process said something else than that it is ready. */
  badStart: (style: InitErrors, reason: string): LoadFailure =>
    style === 'logged' ? new LoadFailure(generalStartText, reason) : new LoadFailure(`cannot start action: ${reason}`),
} as const;

type InitErrors = 'logged' | 'returned';

const generalBuildText = 'The action failed to generate or locate a binary. See logs for details.';
const generalStartText = 'Cannot start action. Check logs for details.';
