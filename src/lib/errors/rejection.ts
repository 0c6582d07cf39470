/**
 * A request that the controller refuses: an HTTP status and the text of the `error` member (openwhisk-api.md §3.1).
 * Thrown anywhere on the server side, turned into an answer in one place, the controller's error handler.
 */
export class Rejection extends Error {
  constructor(
    readonly status: number,
    message: string,
    options?: { readonly cause?: unknown; readonly headers?: Readonly<Record<string, string>> },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Rejection';
    this.headers = options?.headers ?? {};
  }

  readonly headers: Readonly<Record<string, string>>;
}

/** A 400 whose text is `The request content was malformed:\n<detail>` (openwhisk-api.md §2.1). */
export class MalformedContent extends Rejection {
  constructor(readonly detail: string) {
    super(400, `The request content was malformed:\n${detail}`);
    this.name = 'MalformedContent';
  }
}
