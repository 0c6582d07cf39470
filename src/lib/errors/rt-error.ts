/** A stable word for the kind of a failure; printed as `error.code` by `--json` (cli.md C-49). */
export type ErrorCode =
  | 'usage'
  | 'config'
  | 'network'
  | 'tls'
  | 'timeout'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'throttled'
  | 'bad_request'
  | 'server_error'
  | 'app_error'
  | 'pending'
  | 'interrupted'
  | 'unsupported'
  | 'platform'
  | 'internal';

/** What every error of rt carries besides its message. */
export interface RtErrorOptions {
  /** The process exit status, from `exit-status.ts`. */
  readonly exitStatus: number;
  /** What the user can do next, a command where possible. */
  readonly hint?: string | undefined;
  /** The HTTP status of the answer, where there was one. */
  readonly status?: number | undefined;
  /** The transaction id of the answer, where there was one. */
  readonly transactionId?: string | undefined;
  readonly cause?: unknown;
}

/**
 * An error that a user is meant to read: one sentence that names the thing, an optional hint and the exit status.
 * Everything else that is thrown counts as a bug and is presented as an internal error (C-58).
 */
export class RtError extends Error {
  readonly code: ErrorCode;
  readonly exitStatus: number;
  readonly hint: string | undefined;
  readonly status: number | undefined;
  readonly transactionId: string | undefined;

  constructor(code: ErrorCode, message: string, options: RtErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.exitStatus = options.exitStatus;
    this.hint = options.hint;
    this.status = options.status;
    this.transactionId = options.transactionId;
  }
}
