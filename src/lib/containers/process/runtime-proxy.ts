import type { RuntimeBounds, RuntimeOutcome } from '../container.js';

/**
 * The proxy of a runtime image, played by the platform itself (action-interface.md §3): takes `/init` and `/run` and drives the child.
 * States, texts and statuses are those of §1.4 and §1.5.
 */
export interface RuntimeProxy {
  /** Id of the process behind it; undefined while there is none. */
  readonly processId: number | undefined;
  /** Resolves when it will never answer again. */
  readonly gone: Promise<void>;
  send(route: string, body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome>;
  /** Sends a signal to the process and its group, if there is one. */
  signal(signal: NodeJS.Signals): void;
  /** Kills the process and its group; resolves when the process has been waited for. */
  end(): Promise<void>;
}

/** An answer whose body is `{"error": text}`. */
export function refusal(status: number, text: string): RuntimeOutcome {
  return { type: 'answer', status, body: JSON.stringify({ error: text }) };
}
