/** One request and what is expected of its answer; README.md describes every field. */
export interface Step {
  readonly method: string;
  readonly path: string;
  readonly root?: boolean;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly auth?: string;
  readonly body?: unknown;
  readonly rawBody?: string;
  readonly bodyBase64?: string;
  readonly contentType?: string;
  readonly delayMs?: number;
  readonly poll?: { readonly intervalMs: number; readonly maxMs: number };
  readonly capture?: Readonly<Record<string, string>>;
  readonly expect?: Expectation;
}

/** What an answer must be like. */
export interface Expectation {
  readonly status?: number | readonly number[];
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly bodySubset?: unknown;
  readonly bodyEquals?: unknown;
  readonly bodyText?: string;
  readonly bodyMatches?: string;
  readonly bodyBase64?: string;
  readonly bodyEmpty?: boolean;
  readonly minMs?: number;
  readonly maxMs?: number;
}

/** A case of `openwhisk-api.json`. */
export interface ConformanceCase {
  readonly id: string;
  readonly area: string;
  readonly title: string;
  readonly requires?: readonly string[];
  readonly slow?: boolean;
  readonly steps: readonly Step[];
  readonly cleanup?: readonly Step[];
}

/** An answer as the runner sees it. */
export interface StepAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Milliseconds from sending to the last byte. */
  readonly duration: number;
}
