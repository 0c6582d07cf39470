import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { alice, basic, ControllerUnderTest } from '../helpers/controller-under-test.js';

const origin = 'access-control-allow-origin';

describe('hardening of the API', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest({ allowedHosts: ['my.machine'] }).start();
    await api.put('actions/echo', { exec: { kind: 'nodejs:20', code: '' } });
  });
  after(() => api.dispose());

  /** Sends bytes as they are and gives everything that came back until the server closed. */
  const raw = async (...parts: (string | Buffer)[]): Promise<string> => {
    const socket = connect(api.port, '127.0.0.1');
    socket.on('error', () => undefined);
    for (const part of parts) socket.write(part);
    return text(socket);
  };
  const head = (lines: readonly string[]): string => [...lines, 'Connection: close', '', ''].join('\r\n');
  const alive = async (): Promise<void> => {
    assert.equal((await api.get('actions/echo')).status, 200);
  };

  it('RS-241 foreign hosts are refused on every route, without CORS headers', async () => {
    const hosts = [
      'evil.example',
      'localhost.evil.example',
      'localhost@evil',
      '127.0.0.1.evil',
      'localhost.',
      '127.0.0.2',
      'xlocalhost',
      '[::2]',
      'localhost:x',
      '',
    ];
    for (const Host of hosts) {
      for (const path of ['//', '//ping', '//api/v1', '//api/v1/nonsense', 'actions', 'actions/echo']) {
        const { status, headers, json } = await api.get(path, { headers: { Host } });
        assert.equal(status, 403, `${Host} ${path}`);
        assert.equal(json['error'], `Host ${Host} is not allowed`);
        assert.equal(headers[origin], undefined);
      }
    }
  });

  it('RS-241 loopback names and configured names are allowed, with any port', async () => {
    for (const Host of [
      'localhost',
      'localhost:1',
      'LOCALHOST',
      'ns.localhost:80',
      '127.0.0.1:9',
      '[::1]:3233',
      'my.machine',
    ]) {
      assert.equal((await api.get('actions', { headers: { Host } })).status, 200, Host);
    }
  });

  it('RS-242 foreign origins are refused for every method, preflight included', async () => {
    for (const Origin of [
      'http://evil.example',
      'null',
      'http://127.0.0.1',
      'https://127.0.0.1:1',
      'http://localhost:1',
      'file://',
    ]) {
      for (const method of ['PUT', 'GET', 'OPTIONS', 'POST']) {
        const { status, headers } = await api.send(method, 'actions/echo', { headers: { Origin } });
        assert.equal(status, 403, `${method} ${Origin}`);
        assert.equal(headers[origin], undefined);
        assert.equal(headers['access-control-allow-methods'], undefined);
      }
    }
    const crossSite = await api.get('actions', { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    assert.equal(crossSite.status, 403);
  });

  it('RS-242 the own origin is allowed', async () => {
    const own = { Host: `localhost:${String(api.port)}`, Origin: `http://localhost:${String(api.port)}` };
    assert.equal((await api.get('actions', { headers: own })).status, 200);
  });

  it('RS-202 malformed requests get a 4xx or a closed connection, and the next request works', async () => {
    const auth = `Authorization: ${basic(alice)}`;
    const cases: [string, RegExp][] = [
      [head(['GET /ping HTTP/1.1', 'Host: localhost', 'Host: localhost']), /^HTTP\/1\.1 400 /],
      [head(['GET /ping HTTP/1.1', 'Host: localhost', 'Host: evil']), /^HTTP\/1\.1 400 /],
      [head(['GET http://evil.example/ping HTTP/1.1', 'Host: localhost']), /^HTTP\/1\.1 400 /],
      [head(['GET /ping HTTP/1.1']), /^HTTP\/1\.1 400 /],
      [head(['GET /ping HTTP/1.0']), /^HTTP\/1\.1 403 /],
      [head(['NONSENSE']), /^HTTP\/1\.1 400 /],
      [head(['GET /ping HTTP/1.1', 'Host: localhost', 'Bad Header: x']), /^HTTP\/1\.1 400 /],
      [
        `${head(['POST /api/v1/namespaces/_/actions/echo HTTP/1.1', 'Host: localhost', auth, 'Content-Type: application/json', 'Content-Length: 2', 'Transfer-Encoding: chunked'])}{}`,
        /^HTTP\/1\.1 400 /,
      ],
      [
        `${head(['POST /api/v1/namespaces/_/actions/echo HTTP/1.1', 'Host: localhost', auth, 'Content-Type: application/json', 'Transfer-Encoding: chunked'])}zz\r\n{}\r\n`,
        /^HTTP\/1\.1 400 /,
      ],
      ['\u0000\u0001\u0002\r\n\r\n', /^HTTP\/1\.1 400 /],
    ];
    for (const [bytes, expected] of cases) {
      assert.match(await raw(bytes), expected, JSON.stringify(bytes));
      await alive();
    }
  });

  it('RS-202 an absolute target with the own host is served', async () => {
    assert.match(
      await raw(head(['GET http://localhost/ping HTTP/1.1', 'Host: localhost'])),
      /^HTTP\/1\.1 200 [^]*pong$/,
    );
  });

  it('errors of the parser carry a transaction id and the shape of all errors', async () => {
    const answer = await raw('NONSENSE\r\n\r\n');
    const body = JSON.parse(answer.slice(answer.indexOf('{'))) as { readonly code: string };
    assert.ok(answer.includes(`X-Request-ID: ${body.code}`), answer);
  });

  it('RS-201 headers of more than 16 KB are 431, targets of more than 8 KB 414', async () => {
    const long = head(['GET /ping HTTP/1.1', 'Host: localhost', `X-Long: ${'x'.repeat(20_000)}`]);
    assert.match(await raw(long), /^HTTP\/1\.1 431 /);
    assert.match(await raw(head([`GET /ping?${'x'.repeat(9_000)} HTTP/1.1`, 'Host: localhost'])), /^HTTP\/1\.1 414 /);
  });

  it('RS-201 a payload without Content-Length is counted while it is read', async () => {
    const start = head([
      'POST /api/v1/namespaces/_/actions/echo HTTP/1.1',
      'Host: localhost',
      `Authorization: ${basic(alice)}`,
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
    ]);
    const chunk = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`);
    const answer = await raw(start, ...Array<Buffer>(20).fill(chunk), '0\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 413 [^]*Request larger than allowed: 1310720 > 1048576 bytes\./);
    await alive();
  });

  it('RS-201 an endless body is cut off', async () => {
    const socket = connect(api.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      head([
        'POST /api/v1/namespaces/_/actions/echo HTTP/1.1',
        'Host: localhost',
        `Authorization: ${basic(alice)}`,
        'Content-Type: application/json',
        'Transfer-Encoding: chunked',
      ]),
    );
    const chunk = Buffer.from(`100000\r\n${'x'.repeat(0x100000)}\r\n`);
    let sent = 0;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    const pump = (): void => {
      while (!socket.destroyed && socket.write(chunk)) sent += 1;
      sent += 1;
    };
    socket.on('drain', pump);
    pump();
    await closed;
    assert.ok(sent < 60, `${String(sent)} MB were taken`);
    await alive();
  });

  it('RS-167 heads and bodies have to arrive in time, and connections are bounded', () => {
    const { headersTimeout, requestTimeout, maxConnections } = api.controller.server;
    assert.deepEqual([headersTimeout, requestTimeout, maxConnections], [10_000, 60_000, 1_000]);
  });

  it('bytes that are no UTF-8 are malformed', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    const answer = await raw(
      head([
        'POST /api/v1/namespaces/_/actions/echo HTTP/1.1',
        'Host: localhost',
        `Authorization: ${basic(alice)}`,
        'Content-Type: application/json',
        `Content-Length: ${String(body.length)}`,
      ]),
      body,
    );
    assert.match(answer, /^HTTP\/1\.1 400 [^]*malformed/);
  });

  it('RS-204 gadget keys in queries, headers and payloads change nothing', async () => {
    const payload = '{"__proto__":{"blocking":true},"constructor":{"prototype":{"x":1}},"toString":1}';
    const path = 'actions/echo?__proto__=1&constructor=2&blocking=true&result=true&toString=3';
    const { text: answer } = await api.send('POST', path, { raw: payload, headers: { constructor: 'x' } });
    assert.equal(answer, payload);
    assert.equal((await api.post('actions/echo', {})).status, 202);
    assert.deepEqual(Object.keys(Object.prototype), []);
  });
});
