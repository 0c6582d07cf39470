const idHeader = 'x-openwhisk-activation-id';

/** What an api file answers: a status and a finished text. Nothing behind it changes the text. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Content type; absent: `application/json`, without charset (openwhisk-api.md §2.2). */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A 200 with JSON text. */
export function ok(text: string): Answer {
  return { status: 200, text };
}

/** A 200 with a list, joined from JSON texts that are sent as they were stored. */
export function listOf(texts: readonly string[]): Answer {
  return ok(`[${texts.join(',')}]`);
}

/** `{"<collection>": n}`: what is left after skipping (openwhisk-api.md §6.5). */
export function countOf(collection: string, count: number, skip: number): Answer {
  return ok(`{"${collection}":${String(Math.max(0, count - skip))}}`);
}

/** The header that every answer to an invocation has which made an activation (openwhisk-api.md §2.4). */
export function activationIdHeader(activationId: string): Readonly<Record<string, string>> {
  return { [idHeader]: activationId };
}

/** The activation id of an answer; `''` when it made none. */
export function activationIdOf({ headers = {} }: Answer): string {
  return headers[idHeader] ?? '';
}
