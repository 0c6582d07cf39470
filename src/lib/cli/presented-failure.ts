import { type ErrorCode, RtError } from '../errors/rt-error.js';

/** Thrown after a command has presented its answer itself: only the exit status is left to be set, nothing more is printed (C-49, §8). */
export class PresentedFailure extends RtError {
  constructor(code: ErrorCode, exitStatus: number) {
    super(code, 'the failure was shown with the answer', { exitStatus });
  }
}
