/** A JSON text, or its bytes where it is so large that it should be turned into bytes only once. */
export type RequestBody = string | Uint8Array;

/** One REST request of the client. Bodies are JSON texts, so that numbers and member order pass unchanged (C-24). */
export interface ApiRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Path with every segment percent-encoded: below the API root (`/namespaces/_/actions`), or below the host with `root`. */
  readonly path: string;
  readonly root?: boolean;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: RequestBody;
  /** What a successful answer says is not needed: it may be given as an empty text, so that code that comes back is not kept (P-53). */
  readonly unread?: boolean;
  /** Milliseconds for the whole request, when it differs from the connection's. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** Whatever the host answered; statuses are not judged here. */
export interface ApiResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request as it goes over the wire. */
export interface TransportRequest {
  readonly method: ApiRequest['method'];
  /** Path and query, below the host. */
  readonly target: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  /** A successful answer may be given with an empty body. */
  readonly unread?: boolean;
  /** Milliseconds for the whole request, the reading of the answer included. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

/** How requests reach a host: `SocketTransport` for the local platform, `GotTransport` for every other. Rejects with NetworkError. */
export interface Transport {
  send(request: TransportRequest): Promise<ApiResponse>;
  dispose(): void;
}

/** Largest answer that is read, in bytes (RS-253). */
export const maxAnswerBytes = 64 * 1024 * 1024;
