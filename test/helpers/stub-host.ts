import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as the stub received it. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An answer that the stub gives. A function may do anything with the response, for example never end it. */
export interface StubAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, everything else as JSON. */
  readonly body?: unknown;
}

export type StubResponder = StubAnswer | ((request: RecordedRequest, response: ServerResponse) => void);

interface Expectation {
  readonly what: string;
  readonly respond: StubResponder;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * A loopback host for client tests: gives prepared answers in order, records what it got. An answer that nobody asked for, and a request
 * that nobody expected, fail the test in `close()`.
 */
export class StubHost {
  readonly requests: RecordedRequest[] = [];
  private readonly expectations: Expectation[] = [];
  private readonly unexpected: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly scheme: 'http' | 'https',
  ) {}

  /** Starts on a free TCP port, or on a unix socket. */
  static start(socketPath?: string): Promise<StubHost> {
    return StubHost.listen(new StubHost(createServer(), 'http'), socketPath);
  }

  /** Starts on a free TCP port with TLS. */
  static startTls(options: ServerOptions): Promise<StubHost> {
    return StubHost.listen(new StubHost(createTlsServer(options), 'https'), undefined);
  }

  private static async listen(stub: StubHost, socketPath: string | undefined): Promise<StubHost> {
    const { server } = stub;
    server.on('request', (request, response) => {
      void stub.answer(request, response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      if (socketPath === undefined) server.listen(0, '127.0.0.1', resolve);
      else server.listen(socketPath, resolve);
    });
    return stub;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** `http://127.0.0.1:port`, or `https:`. */
  get url(): string {
    return `${this.scheme}://127.0.0.1:${String(this.port)}`;
  }

  /** Prepares the answer to the next request, which must be this one: `GET /api/v1/namespaces/_/actions`. */
  expect(what: string, respond: StubResponder = {}): this {
    this.expectations.push({ what, respond });
    return this;
  }

  /** The only request so far. */
  get request(): RecordedRequest {
    const [request] = this.requests;
    assert.ok(request !== undefined && this.requests.length === 1, `${String(this.requests.length)} requests came`);
    return request;
  }

  /** Stops; fails when an expectation is left or a request was not expected. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
    assert.deepEqual(this.unexpected, [], 'requests that were not expected');
    assert.deepEqual(
      this.expectations.map((expectation) => expectation.what),
      [],
      'answers that nobody asked for',
    );
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded: RecordedRequest = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: await bodyOf(request),
    };
    this.requests.push(recorded);
    const what = `${recorded.method} ${recorded.url}`;
    const expectation = this.expectations[0];
    if (expectation === undefined || expectation.what !== what) {
      this.unexpected.push(what);
      response.writeHead(599).end();
      return;
    }
    this.expectations.shift();
    respond(expectation.respond, recorded, response);
  }
}

function respond(responder: StubResponder, request: RecordedRequest, response: ServerResponse): void {
  if (typeof responder === 'function') {
    responder(request, response);
    return;
  }
  const { status = 200, headers = {}, body } = responder;
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}
