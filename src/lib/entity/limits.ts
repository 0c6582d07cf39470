/** Limits of an action as stored and shown: `timeout` in ms, `memory` and `logs` in MB (openwhisk-api.md §7.4). */
export interface ActionLimits {
  readonly timeout: number;
  readonly memory: number;
  readonly logs: number;
  readonly concurrency: number;
  readonly instances?: number;
}

/** What an action gets that says nothing about its limits. */
export const defaultActionLimits: ActionLimits = { timeout: 60_000, memory: 256, logs: 10, concurrency: 1 };

/** Largest payload, result and parameter set: 1 MB, inclusive (openwhisk-api.md §2.6). */
export const maxPayloadBytes = 1_048_576;

/** Largest action code: 48 MB. */
export const maxExecBytes = 50_331_648;
