import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a request instead of being passed on: an answer, or `drop` for a connection that ends without one. */
export type Fault =
  'drop' | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

/** A host in front of another one that fails where a test wants it to. `place` gives the fault of a request, by its number among the writes. */
export class FaultyProxy {
  /** `PUT /path`, of all writes that arrived, those that failed among them. */
  readonly writes: string[] = [];
  /** Changes the bodies of writes that are passed on. */
  rewrite: ((body: string) => string) | undefined;
  place: (write: number, request: string) => Fault | undefined = () => undefined;

  private constructor(
    private readonly server: Server,
    private readonly behind: URL,
  ) {}

  static async before(url: string): Promise<FaultyProxy> {
    const server = createServer();
    const proxy = new FaultyProxy(server, new URL(url));
    server.on('request', (request, response) => {
      proxy.pass(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    const what = `${request.method ?? ''} ${request.url ?? ''}`;
    if (request.method !== 'GET') {
      this.writes.push(what);
      const fault = this.place(this.writes.length, what);
      if (fault !== undefined) {
        request.resume().on('end', () => fail(fault, request, response));
        return;
      }
    }
    const { hostname, port } = this.behind;
    const onward = httpRequest({ hostname, port, method: request.method, path: request.url, headers: request.headers });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => request.socket.destroy());
    const { rewrite } = this;
    if (rewrite === undefined || request.method !== 'PUT') {
      request.pipe(onward);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.from(rewrite(Buffer.concat(chunks).toString('utf8')));
      onward.setHeader('content-length', body.length);
      onward.end(body);
    });
  }
}

function fail(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  if (fault === 'drop') {
    request.socket.destroy();
    return;
  }
  const { status, body = '{"error":"planted","code":"tid"}', headers = {} } = fault;
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}
