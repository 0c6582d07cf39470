import { UsageError } from '../errors/client-errors.js';
import { exitStatus } from '../errors/exit-status.js';
import { PresentedFailure } from './presented-failure.js';
import type { Session } from './session.js';

/** Asks before something is destroyed; `what` completes `this would …`. Rejects when the answer is no or nobody can be asked (C-61). */
export async function confirm(request: {
  readonly what: string;
  readonly agreed: boolean;
  readonly session: Session;
  /** The flag that answers with yes, where the command has no `--force`. */
  readonly flag?: string;
}): Promise<void> {
  const { session, what } = request;
  const { env } = session.environment;
  if (request.agreed || session.line.values.get('yes') === true || isOn(env.RT_YES)) return;
  if (!session.prompter.allowed) {
    throw new UsageError(
      `this would ${what}; confirm with ${request.flag ?? '--force'} (there is no terminal to ask on)`,
    );
  }
  const yes = await session.prompter.confirm(`This would ${what}. Go on?`);
  if (!yes) throw new PresentedFailure('usage', exitStatus.failed);
}

/** Whether an environment variable that is a switch is on: set, not empty, not `0`, `false` or `no`. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && !/^(?:0|false|no|off)$/i.test(value);
}
