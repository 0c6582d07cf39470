import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { KindAvailabilityRow, PlatformStatus, RuntimeRow } from './control-client-documents.js';
import { parsePlatformState, type PlatformState } from './state-file.js';

/** Why the control socket gave no answer. */
export class ControlFailure extends Error {
  /** `absent`: nobody listens; `silent`: somebody listens and does not answer in time, or not sensibly. */
  constructor(
    readonly reason: 'absent' | 'silent',
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'ControlFailure';
  }
}

/** A reset means that the process died with the connection in its queue. */
const absentCodes = ['ECONNREFUSED', 'ENOENT', 'ENOTDIR', 'ENOTSOCK', 'ECONNRESET', 'EPIPE'];

/** Largest answer, in bytes. */
const maxAnswer = 16 * 1024 * 1024;

/** Talks to a platform over its control socket, which only its own user can reach (RS-245). All methods reject with ControlFailure. */
export class ControlClient {
  /** `timeout` in ms for a whole request. */
  constructor(private readonly deps: { readonly socket: string; readonly timeout: number }) {}

  /** The platform's state as in its state file. */
  async state(): Promise<PlatformState> {
    const state = parsePlatformState(await this.send('GET', '/rt/state'));
    if (state === undefined) throw new ControlFailure('silent', 'the answer is not the state of a platform');
    return state;
  }

  async status(): Promise<PlatformStatus> {
    return (await this.send('GET', '/rt/status')) as PlatformStatus;
  }

  async containers(): Promise<readonly RuntimeRow[]> {
    return (await this.send('GET', '/rt/containers')) as readonly RuntimeRow[];
  }

  /** Whether each kind of the manifest can run; the platform may have to ask interpreters. */
  async kinds(): Promise<readonly KindAvailabilityRow[]> {
    return (await this.send('GET', '/rt/kinds')) as readonly KindAvailabilityRow[];
  }

  /** Asks it to stop, giving running activations up to `timeout` ms. Resolves as soon as it has agreed; it then takes its time. */
  async stop(timeout: number): Promise<void> {
    await this.send('POST', `/rt/stop?timeout=${String(timeout)}`);
  }

  private send(method: 'GET' | 'POST', path: string): Promise<unknown> {
    const { socket, timeout } = this.deps;
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        clearTimeout(deadline);
        outgoing.destroy();
        reject(toFailure(error, socket));
      };
      const outgoing = httpRequest({
        ...{ method, path },
        // Without an agent: it compiles a large pattern for IPv6 addresses for each process, 5 ms (P-10).
        createConnection: () => connect(socket),
        headers: { host: 'localhost', connection: 'close' },
      });
      const deadline = setTimeout(() => {
        fail(new Error(`no answer within ${String(timeout)} ms`));
      }, timeout);
      outgoing.on('error', fail);
      outgoing.on('response', (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        answer.on('error', fail);
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > maxAnswer) fail(new Error('the answer is too long'));
        });
        answer.on('end', () => {
          clearTimeout(deadline);
          const text = Buffer.concat(chunks).toString('utf8');
          if ((answer.statusCode ?? 0) >= 300) fail(new Error(`status ${String(answer.statusCode)}`));
          else parseInto(text, resolve, fail);
        });
      });
      outgoing.end();
    });
  }
}

function parseInto(text: string, resolve: (value: unknown) => void, fail: (error: unknown) => void): void {
  try {
    resolve(JSON.parse(text));
  } catch (error) {
    fail(error);
  }
}

function toFailure(error: unknown, socket: string): ControlFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = absentCodes.includes(code) ? 'absent' : 'silent';
  return new ControlFailure(reason, `${socket}: ${error instanceof Error ? error.message : String(error)}`, error);
}
