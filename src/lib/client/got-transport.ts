import type { Got } from 'got';
import type { Connection } from '../config/connection.js';
import type { Proxy } from '../config/proxy.js';
import { type Destination, networkFailure, oversizedFailure, proxyRefusal, timeoutFailure } from './network-failure.js';
import { type ProxyWay, proxyWay } from './proxy-agents.js';
import { tlsOptions } from './tls-options.js';
import { RtError } from '../errors/rt-error.js';
import { type ApiResponse, maxAnswerBytes, type Transport, type TransportRequest } from './transport.js';

/** Whether an answer to a GET is worth another attempt: 429, and gateway errors that the platform did not write itself (§3). */
function isTransient(answer: ApiResponse): boolean {
  if (answer.status === 429) return true;
  const gateway = answer.status === 502 || answer.status === 503 || answer.status === 504;
  return gateway && !(answer.headers['content-type'] ?? '').includes('json');
}

/** Whether a request that failed so was not answered at all, so that a GET may be repeated. */
function isConnectFailure(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'EPIPE', 'ENETUNREACH'].includes(code);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(resolve, ms);
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}

function headersOf(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return Object.fromEntries(entries);
}

/**
 * Requests to any host over http(s). Redirects are answers like others, never followed (RS-251); only GETs are repeated; an answer larger
 * than the limit or later than the deadline is an error (RS-253).
 */
export class GotTransport implements Transport {
  private client: Promise<Got> | undefined;
  private way: ProxyWay | undefined;

  constructor(
    private readonly deps: {
      readonly connection: Connection;
      readonly platform: NodeJS.Platform;
      /** The proxy to go through (C-13). */
      readonly proxy?: Proxy | undefined;
      /** The file that NODE_EXTRA_CA_CERTS names. */
      readonly extraCertificates?: string | undefined;
      /** Told once what is questionable about the connection's files. */
      readonly onWarning?: (text: string) => void;
      /** Milliseconds before the first repetition; doubled for each further one. */
      readonly retryDelay?: number;
      readonly maxAnswer?: number;
    },
  ) {}

  async send(request: TransportRequest): Promise<ApiResponse> {
    const attempts = request.method === 'GET' ? this.deps.connection.retries.value : 0;
    const end = performance.now() + request.timeout;
    for (let attempt = 0; ; attempt += 1) {
      const left = Math.max(1, end - performance.now());
      const wait = (this.deps.retryDelay ?? 100) * 2 ** attempt;
      const repeatable = attempt < attempts && wait < left && request.signal?.aborted !== true;
      try {
        const answer = await this.attempt(request, left);
        if (!repeatable || !isTransient(answer)) return answer;
      } catch (error) {
        if (!repeatable || !isConnectFailure(error)) throw this.failure(error, request);
      }
      await pause(wait, request.signal);
    }
  }

  dispose(): void {
    this.client = undefined;
  }

  private get destination(): Destination {
    const { connection, proxy } = this.deps;
    const { value: host, source } = connection.apihost;
    return { host, source, ...(proxy === undefined ? {} : { proxy: proxy.variable }) };
  }

  private failure(error: unknown, request: TransportRequest): Error {
    if (error instanceof RtError) return error;
    if (error instanceof Error && error.name === 'TimeoutError') {
      return timeoutFailure(request.timeout, this.destination);
    }
    return networkFailure(error, this.destination);
  }

  private async attempt(request: TransportRequest, timeout: number): Promise<ApiResponse> {
    this.client ??= this.prepare();
    const client = await this.client;
    const limit = this.deps.maxAnswer ?? maxAnswerBytes;
    const pending = client(`${this.deps.connection.apihost.value}${request.target}`, {
      method: request.method,
      headers: { ...request.headers },
      timeout: { request: timeout },
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    const seen = { oversized: false };
    void pending.on('downloadProgress', ({ transferred }) => {
      if (transferred <= limit) return;
      seen.oversized = true;
      pending.cancel();
    });
    try {
      const answer = await pending;
      const refusal = this.refusal(answer.statusCode);
      if (refusal !== undefined) throw proxyRefusal(refusal, this.destination);
      return { status: answer.statusCode, headers: headersOf(answer.headers), body: answer.body };
    } catch (error) {
      throw seen.oversized ? oversizedFailure(limit, this.destination) : error;
    }
  }

  /** The status by which the proxy itself, not the host, turned the request down. */
  private refusal(status: number): number | undefined {
    if (this.way === undefined) return undefined;
    return status === 407 ? status : this.way.refusal();
  }

  private async prepare(): Promise<Got> {
    const { connection, proxy, platform, extraCertificates, onWarning } = this.deps;
    const { got } = await import('got');
    const { options, trusted, warnings } = await tlsOptions(connection, { platform, extraCertificates });
    for (const warning of warnings) onWarning?.(warning);
    const { protocol } = new URL(connection.apihost.value);
    if (proxy !== undefined) this.way = await proxyWay(proxy, protocol, trusted);
    return got.extend({
      followRedirect: false,
      throwHttpErrors: false,
      retry: { limit: 0 },
      https: options,
      ...(this.way === undefined ? {} : { agent: this.way.agent }),
    });
  }
}
