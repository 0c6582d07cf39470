import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** What the proxy was asked for: `CONNECT h.test:443`, `GET http://h.test/path`. */
export interface ProxiedRequest {
  readonly what: string;
  readonly authorization: string | undefined;
}

/**
 * A forward proxy on loopback. Whatever host is asked for, it connects to `port` of this machine, so that names that do not exist can stand
 * for remote hosts. With `refuse` it answers everything with that status.
 */
export class LoopbackProxy {
  readonly requests: ProxiedRequest[] = [];
  refuse: number | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {}

  static async start(port: number): Promise<LoopbackProxy> {
    const server = createServer();
    const proxy = new LoopbackProxy(server, port);
    server.on('request', (incoming, answer) => {
      proxy.forward(incoming, answer);
    });
    server.on('connect', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
      proxy.tunnel(incoming, socket, head);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** `127.0.0.1:port`. */
  get address(): string {
    return `127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private record(incoming: IncomingMessage): void {
    const what = `${incoming.method ?? ''} ${incoming.url ?? ''}`;
    this.requests.push({ what, authorization: incoming.headers['proxy-authorization'] });
  }

  private forward(incoming: IncomingMessage, answer: ServerResponse): void {
    this.record(incoming);
    if (this.refuse !== undefined) {
      answer.writeHead(this.refuse).end('refused');
      return;
    }
    const { pathname, search } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const outgoing = request({ host: '127.0.0.1', port: this.port, path: pathname + search, method, headers });
    outgoing.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    incoming.pipe(outgoing);
  }

  private tunnel(incoming: IncomingMessage, socket: Socket, head: Buffer): void {
    this.record(incoming);
    if (this.refuse !== undefined) {
      socket.end(`HTTP/1.1 ${String(this.refuse)} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const target = connect(this.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      socket.pipe(target).pipe(socket);
    });
    for (const end of [socket, target]) {
      this.sockets.add(end);
      end.on('error', () => {
        socket.destroy();
        target.destroy();
      });
    }
  }
}
