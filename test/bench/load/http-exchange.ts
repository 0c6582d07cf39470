import { connect, type Socket } from 'node:net';
import type { Exchange, OpenExchange } from './exchange.js';

/** What is sent over and over to one server. */
export interface HttpTarget {
  readonly port: number;
  readonly method: 'GET' | 'POST';
  /** Taken in turn by all connections together. */
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for a GET. */
  readonly body: string;
}

/**
 * Raw HTTP over keep-alive sockets: an HTTP client would cost more than some of the servers. Answers must have a Content-Length.
 * An ended or broken connection counts as status 0.
 */
export function httpExchanges(target: HttpTarget): OpenExchange {
  const requests = target.paths.map((path) => requestBytes(target, path));
  let turn = 0;
  const next = (): Buffer => {
    const request = requests[turn % requests.length];
    turn += 1;
    if (request === undefined) throw new Error('a target without paths');
    return request;
  };
  return async () => {
    const socket = connect({ host: '127.0.0.1', port: target.port, noDelay: true });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new HttpExchange(socket, next);
  };
}

function requestBytes({ port, method, headers, body }: HttpTarget, path: string): Buffer {
  const fields = {
    Host: `127.0.0.1:${String(port)}`,
    ...(method === 'GET' ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

class HttpExchange implements Exchange {
  private received = '';
  private done: ((status: number) => void) | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly next: () => Buffer,
  ) {
    // latin1: one character is one byte, so lengths agree.
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      this.receive(String(text));
    });
    socket.on('close', () => {
      this.finish(0);
    });
    socket.on('error', () => undefined);
  }

  send(done: (status: number) => void): void {
    this.done = done;
    if (this.socket.destroyed)
      setImmediate(() => {
        this.finish(0);
      });
    else this.socket.write(this.next());
  }

  close(): void {
    this.done = undefined;
    this.socket.destroy();
  }

  private receive(text: string): void {
    this.received += text;
    const end = this.received.indexOf('\r\n\r\n');
    if (end === -1) return;
    const length = /\r\ncontent-length: *(\d+)/iu.exec(this.received.slice(0, end + 2))?.[1];
    if (length === undefined) throw new Error(`an answer without Content-Length: ${this.received.slice(0, end)}`);
    if (this.received.length < end + 4 + Number(length)) return;
    const status = Number(this.received.slice(9, 12));
    this.received = '';
    this.finish(status);
  }

  private finish(status: number): void {
    const { done } = this;
    this.done = undefined;
    done?.(status);
  }
}
