import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GotTransport } from '../../src/lib/client/got-transport.js';
import { SocketTransport } from '../../src/lib/client/socket-transport.js';
import type { Transport, TransportRequest } from '../../src/lib/client/transport.js';
import { basicAuthorization } from '../../src/lib/client/whisk-client.js';
import type { Connection } from '../../src/lib/config/connection.js';
import { NetworkError } from '../../src/lib/errors/client-errors.js';
import { StubHost } from '../helpers/stub-host.js';

const authorization = basicAuthorization('u:k');

function connectionTo(url: string, retries = 0): Connection {
  const source = 'test';
  return {
    local: false,
    apihost: { value: url, source },
    auth: { value: 'u:k', source },
    namespace: { value: '_', source },
    apiversion: { value: 'v1', source },
    insecure: { value: false, source },
    retries: { value: retries, source },
  };
}

function get(target: string, more: Partial<TransportRequest> = {}): TransportRequest {
  return { method: 'GET', target, headers: { authorization }, timeout: 5000, ...more };
}

interface Subject {
  readonly name: string;
  start(folder: string): Promise<StubHost>;
  connect(host: StubHost, folder: string, maxAnswer?: number): Transport;
}

const socketOf = (folder: string): string => join(folder, 's');

const subjects: readonly Subject[] = [
  {
    name: 'SocketTransport',
    start: (folder) => StubHost.start(socketOf(folder)),
    connect: (_host, folder, maxAnswer) =>
      new SocketTransport({
        address: { socket: socketOf(folder), authorization },
        ...(maxAnswer === undefined ? {} : { maxAnswer }),
      }),
  },
  {
    name: 'GotTransport',
    start: () => StubHost.start(),
    connect: (host, _folder, maxAnswer) =>
      new GotTransport({
        platform: 'linux',
        connection: connectionTo(host.url),
        ...(maxAnswer === undefined ? {} : { maxAnswer }),
      }),
  },
];

for (const subject of subjects) {
  describe(`${subject.name} as a Transport`, () => {
    let folder: string;
    let host: StubHost;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'rt-transport-'));
      host = await subject.start(folder);
    });

    afterEach(async () => {
      await host.close();
      await rm(folder, { recursive: true, force: true });
    });

    async function failure(transport: Transport, request: TransportRequest): Promise<NetworkError> {
      const error: unknown = await transport.send(request).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof NetworkError, `expected a NetworkError, got ${String(error)}`);
      assert.equal(error.exitStatus, 3);
      return error;
    }

    it('passes method, target, headers and body, and gives status, headers and body', async () => {
      host.expect('PUT /api/v1/x%20y?a=b%26c', {
        status: 409,
        headers: { 'x-thing': 'T' },
        body: '{"n":1.00,"s":"é"}',
      });
      const transport = subject.connect(host, folder);
      const answer = await transport.send({
        method: 'PUT',
        target: '/api/v1/x%20y?a=b%26c',
        headers: { authorization, 'x-request-id': 'r' },
        body: '{"ü":12345678901234567890}',
        timeout: 5000,
      });
      transport.dispose();
      assert.equal(answer.status, 409);
      assert.equal(answer.headers['x-thing'], 'T');
      assert.equal(answer.body, '{"n":1.00,"s":"é"}');
      const { headers, body } = host.request;
      assert.deepEqual(
        [headers.authorization, headers['x-request-id'], body],
        [authorization, 'r', '{"ü":12345678901234567890}'],
      );
    });

    it('never follows a redirect', async () => {
      for (const status of [301, 302, 303, 307, 308]) {
        host.expect('POST /r', { status, headers: { location: 'http://127.0.0.1:1/' } });
        const answer = await subject.connect(host, folder).send({ ...get('/r'), method: 'POST', body: '{}' });
        assert.deepEqual([answer.status, answer.headers.location], [status, 'http://127.0.0.1:1/']);
      }
    });

    it('never repeats a POST', async () => {
      host.expect('POST /p', { status: 503, headers: { 'content-type': 'text/plain' } });
      assert.equal((await subject.connect(host, folder).send({ ...get('/p'), method: 'POST' })).status, 503);
    });

    it('gives up after the timeout, also for a body that trickles', async () => {
      host.expect('GET /silent', () => undefined);
      const silent = await failure(subject.connect(host, folder), get('/silent', { timeout: 50 }));
      assert.equal(silent.code, 'timeout');
      host.expect('GET /trickle', (_request, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write('x'), 5);
        response.on('close', () => {
          clearInterval(timer);
        });
      });
      assert.equal((await failure(subject.connect(host, folder), get('/trickle', { timeout: 80 }))).code, 'timeout');
    });

    it('reads no more than the limit', async () => {
      host.expect('GET /endless', (_request, response) => {
        response.writeHead(200);
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        response.on('error', () => undefined);
        more();
      });
      const error = await failure(subject.connect(host, folder, 2 * 1024 * 1024), get('/endless'));
      assert.match(error.message, /larger than 2 MB/);
    });

    it('turns a cut answer and a cut connection into network errors', async () => {
      host.expect('GET /cut', (_request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('x', () => response.destroy());
      });
      await failure(subject.connect(host, folder), get('/cut'));
      host.expect('GET /gone', (_request, response) => {
        response.destroy();
      });
      await failure(subject.connect(host, folder), get('/gone'));
    });

    it('stops when the signal is aborted', async () => {
      const controller = new AbortController();
      host.expect('GET /wait', () => {
        controller.abort();
      });
      await assert.rejects(subject.connect(host, folder).send(get('/wait', { signal: controller.signal })));
    });
  });
}

describe('GotTransport', () => {
  it("repeats a GET for gateway errors without JSON and for 429, not for the platform's own errors", async () => {
    const host = await StubHost.start();
    const transport = new GotTransport({ platform: 'linux', connection: connectionTo(host.url, 2), retryDelay: 1 });
    host.expect('GET /a', { status: 503, headers: { 'content-type': 'text/html' } });
    host.expect('GET /a', { status: 429, body: { error: 'slow down' } });
    host.expect('GET /a', { body: 'done' });
    assert.equal((await transport.send(get('/a'))).body, 'done');
    host.expect('GET /b', { status: 502, body: { error: 'app' } });
    assert.equal((await transport.send(get('/b'))).status, 502);
    await host.close();
  });

  it('says who refused and what to do', async () => {
    const host = await StubHost.start();
    const { url } = host;
    await host.close();
    const transport = new GotTransport({ platform: 'linux', connection: connectionTo(url) });
    await assert.rejects(transport.send(get('/')), (error) => {
      assert.ok(error instanceof NetworkError);
      assert.equal(error.message, `cannot connect to ${url}: connection refused`);
      assert.equal(error.hint, 'is the local platform running? rt platform start');
      return true;
    });
  });

  it('notices that a port does not speak TLS', async () => {
    const server = createServer((socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const url = `https://127.0.0.1:${String(address.port)}`;
    await assert.rejects(
      new GotTransport({ platform: 'linux', connection: connectionTo(url) }).send(get('/')),
      (error) => {
        assert.ok(error instanceof NetworkError);
        assert.equal(error.code, 'tls');
        assert.equal(error.hint, `try --apihost ${url.replace('https', 'http')}`);
        return true;
      },
    );
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('SocketTransport', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rt-transport-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('asks for a restart once when nobody listens, then sends with the new address and key', async () => {
    let host: StubHost | undefined;
    let restarts = 0;
    const transport = new SocketTransport({
      address: { socket: join(folder, 'old'), authorization: 'old' },
      restart: async () => {
        restarts += 1;
        host = await StubHost.start(join(folder, 'new'));
        host.expect('POST /x', { body: 'done' });
        return { socket: join(folder, 'new'), authorization: 'new' };
      },
    });
    assert.equal((await transport.send({ ...get('/x'), method: 'POST', body: '{}' })).body, 'done');
    assert.equal(host?.request.headers.authorization, 'new');
    await host.close();
    await assert.rejects(transport.send(get('/x')), NetworkError);
    assert.equal(restarts, 1);
  });

  it('does not send again when the request may have been read', async () => {
    const host = await StubHost.start(join(folder, 's'));
    host.expect('POST /x', (_request, response) => {
      response.destroy();
    });
    const transport = new SocketTransport({
      address: { socket: join(folder, 's'), authorization },
      restart: () => Promise.reject(new Error('no restart is wanted')),
    });
    await assert.rejects(transport.send({ ...get('/x'), method: 'POST' }), NetworkError);
    await host.close();
  });
});
