import type { Connection } from '../config/connection.js';
import type { ApiRequest, ApiResponse, Transport } from './transport.js';

/** Milliseconds for a whole request when nothing else is configured (§3, `--timeout-http`). */
const defaultTimeout = 60_000;

/** A path below the API root with every segment percent-encoded (C-8): `namespacePath('_', 'actions', 'pkg', 'a b')`. */
export function namespacePath(namespace: string, ...segments: readonly string[]): string {
  return ['/namespaces', ...[namespace, ...segments].map((segment) => encodeURIComponent(segment))].join('/');
}

/** Sends requests of one connection: adds authorization, identification, the API root and the query. */
export class WhiskClient {
  /** What the client is connected to; its values name their sources, for hints. */
  readonly connection: Connection;

  constructor(
    private readonly deps: {
      readonly transport: Transport;
      readonly connection: Connection;
      readonly userAgent: string;
      /** Sent as `x-request-id` (C-14). */
      readonly requestId?: string | undefined;
      /** Aborts every request that brings no signal of its own. */
      readonly signal?: AbortSignal;
    },
  ) {
    this.connection = deps.connection;
  }

  /** Sends a request and gives whatever was answered. Rejects with NetworkError when there is no usable answer. */
  send(request: ApiRequest): Promise<ApiResponse> {
    const signal = request.signal ?? this.deps.signal;
    return this.deps.transport.send({
      method: request.method,
      target: this.target(request),
      headers: this.headers(request),
      timeout: request.timeout ?? this.connection.timeout?.value ?? defaultTimeout,
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.unread === undefined ? {} : { unread: request.unread }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  /** The same client with something around its transport, for example what repeats requests. */
  through(wrap: (transport: Transport) => Transport): WhiskClient {
    return new WhiskClient({ ...this.deps, transport: wrap(this.deps.transport) });
  }

  /** The absolute URL of a path below the API root, for people. */
  url(path: string): string {
    return `${this.connection.apihost.value}/api/${this.connection.apiversion.value}${path}`;
  }

  /** Closes kept connections. */
  dispose(): void {
    this.deps.transport.dispose();
  }

  private target(request: ApiRequest): string {
    const root = request.root === true ? '' : `/api/${encodeURIComponent(this.connection.apiversion.value)}`;
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) query.append(name, String(value));
    }
    const text = query.toString();
    return `${root}${request.path}${text === '' ? '' : `?${text}`}`;
  }

  private headers(request: ApiRequest): Record<string, string> {
    const { auth } = this.connection;
    return {
      accept: 'application/json',
      'user-agent': this.deps.userAgent,
      ...(auth.value === '' ? {} : { authorization: basicAuthorization(auth.value) }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(this.deps.requestId === undefined ? {} : { 'x-request-id': this.deps.requestId }),
      // The local platform then leaves code out of its answer; other hosts may not know the header.
      ...(request.unread === true ? { prefer: 'return=minimal' } : {}),
    };
  }
}

/** The value of the `Authorization` header for a key `UUID:KEY`. */
export function basicAuthorization(auth: string): string {
  return `Basic ${Buffer.from(auth, 'utf8').toString('base64')}`;
}
