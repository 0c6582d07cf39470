import { NetworkError } from '../errors/client-errors.js';
import { pause } from './pause.js';
import type { ApiResponse, Transport, TransportRequest } from './transport.js';

/** Tries of a request, the first among them (D-20). */
const tries = 5;

/** Tries of a write that met another one. */
const conflictTries = 3;

/** Milliseconds before the second try; doubled for each further one. */
const firstWait = 500;

/** Milliseconds that are waited at most, whatever `Retry-After` says. */
const longestWait = 60_000;

/** Whether a failed request reached nobody, or may be sent again all the same. */
function isCut(error: unknown): boolean {
  if (!(error instanceof NetworkError)) return false;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return error.code === 'timeout' || ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code);
}

/** Whether an answer says to try again (D-20). A 502 that the platform wrote itself is an answer of an action or of the gateway. */
function isBusy({ status, headers }: ApiResponse, idempotent: boolean): boolean {
  if (status === 429) return true;
  if (!idempotent) return false;
  return status === 503 || status === 504 || (status === 502 && !(headers['content-type'] ?? '').includes('json'));
}

function isConflict({ status, body }: ApiResponse): boolean {
  return status === 409 && body.includes('Concurrent modification');
}

/** Milliseconds that the host asks for: seconds or a date; undefined when it says neither. */
function retryAfter(answer: ApiResponse, now: number): number | undefined {
  const value = answer.headers['retry-after'];
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestWait);
}

/**
 * Repeats what a deploy can repeat (D-20): writes that met another write, requests that the host was too busy for (`Retry-After` is obeyed),
 * and GET, PUT and DELETE without an answer. The last answer or failure is given as it is.
 */
export class RetryingTransport implements Transport {
  constructor(
    private readonly deps: {
      readonly transport: Transport;
      /** Epoch milliseconds. */
      readonly now: () => number;
      /** A number from 0 to 1, so that two deploys do not meet again. */
      readonly jitter: () => number;
    },
  ) {}

  async send(request: TransportRequest): Promise<ApiResponse> {
    const idempotent = request.method !== 'POST';
    for (let attempt = 1; ; attempt += 1) {
      const doubled = firstWait * 2 ** (attempt - 1);
      let wait = doubled;
      try {
        const answer = await this.deps.transport.send(request);
        const conflict = isConflict(answer) && attempt < conflictTries;
        if (!conflict && !(isBusy(answer, idempotent) && attempt < tries)) return answer;
        wait = conflict ? 200 + 800 * this.deps.jitter() : (retryAfter(answer, this.deps.now()) ?? doubled);
      } catch (error) {
        if (!idempotent || attempt === tries || !isCut(error) || request.signal?.aborted === true) throw error;
      }
      await pause(wait, request.signal);
    }
  }

  dispose(): void {
    this.deps.transport.dispose();
  }
}
