/** Why the container engine did not do what it was asked for. */
export class EngineError extends Error {
  constructor(
    message: string,
    /** HTTP status of its answer; absent when it did not answer. */
    readonly status?: number,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'EngineError';
  }
}

/** An error of the client library with its text brought to one line: `(HTTP code 404) no such image - No such image: x:1 `. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const { statusCode, message, code } = readError(error);
  const text = message.replace(/^\(HTTP code \d+\) [^-]* - /, '').trim();
  return new EngineError(code === undefined ? text : `it cannot be reached (${code})`, statusCode, { cause: error });
}

function readError(error: unknown): { statusCode?: number; code?: string; message: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message } = error;
  const statusCode = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    message,
    ...(statusCode === undefined ? {} : { statusCode }),
    ...(code === undefined || statusCode !== undefined ? {} : { code }),
  };
}
