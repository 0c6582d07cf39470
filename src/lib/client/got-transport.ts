import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import type { Got, OptionsInit } from 'got';
import type { Connection } from '../config/connection.js';
import { ConfigError } from '../errors/client-errors.js';
import { networkFailure, oversizedFailure, timeoutFailure } from './network-failure.js';
import { type ApiResponse, maxAnswerBytes, type Transport, type TransportRequest } from './transport.js';

async function pem(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`cannot read the ${what} ${path}`, { cause: error });
  }
}

/** TLS options: verification is on unless the connection says otherwise, never below TLS 1.2 (RS-252). */
async function tlsOptions(connection: Connection): Promise<NonNullable<OptionsInit['https']>> {
  const { cacert, cert, key, insecure } = connection;
  return {
    rejectUnauthorized: !insecure.value,
    minVersion: 'TLSv1.2',
    ...(cacert === undefined
      ? {}
      : { certificateAuthority: [...rootCertificates, await pem(cacert.value, 'certificates of --cacert')] }),
    ...(cert === undefined ? {} : { certificate: await pem(cert.value, 'certificate') }),
    ...(key === undefined ? {} : { key: await pem(key.value, 'certificate key') }),
  };
}

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

  constructor(
    private readonly deps: {
      readonly connection: Connection;
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

  private failure(error: unknown, request: TransportRequest): Error {
    const { apihost } = this.deps.connection;
    const destination = { host: apihost.value, source: apihost.source };
    if (error instanceof Error && error.name === 'TimeoutError') return timeoutFailure(request.timeout, destination);
    return networkFailure(error, destination);
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
      return { status: answer.statusCode, headers: headersOf(answer.headers), body: answer.body };
    } catch (error) {
      const { apihost } = this.deps.connection;
      throw seen.oversized ? oversizedFailure(limit, { host: apihost.value, source: apihost.source }) : error;
    }
  }

  private async prepare(): Promise<Got> {
    const { got } = await import('got');
    return got.extend({
      followRedirect: false,
      throwHttpErrors: false,
      retry: { limit: 0 },
      https: await tlsOptions(this.deps.connection),
    });
  }
}
