/** What a runtime said to `/init` or `/run`, or why it said nothing (action-interface.md §1). */
export type RuntimeOutcome =
  | {
      readonly type: 'answer';
      readonly status: number;
      /** The body as text; at most `responseLimit` bytes of it. */
      readonly body: string;
      /** Length in bytes of the whole body when it exceeded the limit and was cut. */
      readonly cutFrom?: number;
    }
  /** The time limit ran out; the container must be destroyed. */
  | { readonly type: 'timeout' }
  /** The connection was lost or the process ended before an answer; `outOfMemory` when it was killed for memory. */
  | { readonly type: 'lost'; readonly outOfMemory: boolean }
  /** Nothing was sent because the container had gone already: the job may move to another one (AI-311, RS-131). */
  | { readonly type: 'unreachable' };

/** Bounds of one request to a runtime. */
export interface RuntimeBounds {
  /** Milliseconds from sending until the outcome is `timeout`. */
  readonly timeout: number;
  /** Bytes of the answer that are kept; the rest is drained and counted. */
  readonly responseLimit: number;
}

/** Log lines of one activation, already in the record's form `<time> <stream>: <text>` (action-interface.md §1.7). */
export interface CollectedLogs {
  readonly lines: readonly string[];
  /** True when the limit cut them; the last line then says so, and the container is not reused. */
  readonly truncated: boolean;
  /** False when collection itself failed; the last line then says so, and the container is not reused. */
  readonly complete: boolean;
}

/** One started runtime. It answers one request at a time unless it was created with `concurrent`. */
export interface Container {
  /** Random, unique for ever; names the box, the docker container, the `ps` row. */
  readonly id: string;
  readonly kind: string;
  /** MB. */
  readonly memory: number;
  /** The driver's own name for it, for `rt platform ps`: a process id, a container id. */
  readonly driverId: string;
  /** Posts a JSON text to `/init` or `/run` (any other route is answered as the runtime does). Never throws. */
  send(route: string, body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome>;
  /**
   * What was written to the two streams since the previous call, up to the answer that came last. `limit` in bytes; 0 collects nothing.
   * `developerError` asks for the closing line of §1.7.4.
   */
  collectLogs(options: { readonly limit: number; readonly developerError: boolean }): Promise<CollectedLogs>;
  /** Freezes an idle container where the driver can; a no-op elsewhere. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends it and everything it started, and removes its box. Idempotent. */
  destroy(): Promise<void>;
  /** Resolves when the runtime has ended, for whatever reason. */
  readonly gone: Promise<void>;
}
