import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkFailure, oversizedFailure, timeoutFailure } from './network-failure.js';
import { type ApiResponse, maxAnswerBytes, type Transport, type TransportRequest } from './transport.js';

/** Where the local platform listens, and the key of its default subject. */
export interface LocalAddress {
  /** Path of the unix socket. */
  readonly socket: string;
  /** Value of the `Authorization` header. */
  readonly authorization: string;
}

/** True for errors that mean that nobody listens, so that nothing of the request has been sent. */
function nobodyListens(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return error.code === 'ECONNREFUSED' || error.code === 'ENOENT';
}

function collect(answer: IncomingMessage, limit: number, unread: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    answer.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (!unread) chunks.push(chunk);
      if (size > limit) reject(oversizedFailure(limit, { host: 'the local platform', source: 'its state file' }));
    });
    answer.on('error', reject);
    answer.on('end', () => {
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
  });
}

function isSuccess({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

function headersOf(answer: IncomingMessage): Record<string, string> {
  const entries = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return Object.fromEntries(entries);
}

/**
 * Requests to the local platform over its unix socket, without the cost of a general HTTP client. When nobody listens it asks `restart`
 * once and sends again; nothing was sent by then, so no request runs twice.
 */
export class SocketTransport implements Transport {
  private address: LocalAddress;
  private restarted = false;

  constructor(
    private readonly deps: {
      readonly address: LocalAddress;
      /** Starts the platform and gives its address; absent when that is not wanted. */
      readonly restart?: () => Promise<LocalAddress>;
      /** Bytes of an answer that are read at most. */
      readonly maxAnswer?: number;
    },
  ) {
    this.address = deps.address;
  }

  async send(request: TransportRequest): Promise<ApiResponse> {
    try {
      return await this.attempt(request);
    } catch (error) {
      if (!nobodyListens(error) || this.deps.restart === undefined || this.restarted) throw this.failure(error);
      this.restarted = true;
      this.address = await this.deps.restart();
      return await this.attempt(request).catch((again: unknown) => {
        throw this.failure(again);
      });
    }
  }

  dispose(): void {
    // Every request has its own connection and closes it.
  }

  private failure(error: unknown): Error {
    return networkFailure(error, { host: `unix:${this.address.socket}`, source: 'the local platform' });
  }

  private attempt(request: TransportRequest): Promise<ApiResponse> {
    return new Promise((resolve, reject) => {
      const outgoing = this.open(request);
      const deadline = setTimeout(() => {
        reject(timeoutFailure(request.timeout, { host: 'the local platform', source: 'its state file' }));
        outgoing.destroy();
      }, request.timeout);
      const settle = (finish: () => void): void => {
        clearTimeout(deadline);
        finish();
        outgoing.destroy();
      };
      outgoing.on('error', (error) => {
        settle(() => {
          reject(error);
        });
      });
      outgoing.on('response', (answer) => {
        collect(answer, this.deps.maxAnswer ?? maxAnswerBytes, request.unread === true && isSuccess(answer)).then(
          (body) => {
            settle(() => {
              resolve({ status: answer.statusCode ?? 0, headers: headersOf(answer), body });
            });
          },
          (error: unknown) => {
            settle(() => {
              reject(networkFailure(error, { host: 'the local platform', source: 'its state file' }));
            });
          },
        );
      });
      outgoing.end(request.body);
    });
  }

  private open(request: TransportRequest): ClientRequest {
    const { body } = request;
    return httpRequest({
      // Without an agent: it compiles a large pattern for IPv6 addresses for each process, 5 ms (P-03, P-12).
      createConnection: () => connect(this.address.socket),
      method: request.method,
      path: request.target,
      headers: {
        ...request.headers,
        host: 'localhost',
        authorization: this.address.authorization,
        connection: 'close',
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
  }
}
