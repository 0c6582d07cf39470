import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { NamespaceLimitsBook } from '../../src/lib/entity/namespace-limits.js';
import { QueueFull, ShuttingDown } from '../../src/lib/invoker/invoker.js';
import { closeServer } from '../../src/lib/platform/listeners.js';
import { alice, basic, bob, ControllerUnderTest } from '../helpers/controller-under-test.js';
import { waitUntil } from '../helpers/wait-until.js';

/** How the same action is written: as it is, which needs no framework, and with an escape, which takes the way of all other requests. */
const ways = { plain: 'echo', escaped: 'ech%6F' } as const;
type Way = keyof typeof ways;

const authorization = `Authorization: ${basic(alice)}`;
const json = ['Content-Type: application/json'];

interface Invocation {
  /** Of the path, with `echo` for the action. */
  readonly path?: string;
  readonly query?: string;
  /** In place of the host and the key. */
  readonly head?: readonly string[];
  readonly headers?: readonly string[];
  /** In place of the content type of JSON and the length of the body. */
  readonly entity?: readonly string[];
  readonly body?: string;
}

function bytesOf(way: Way, given: Invocation, last = false): string {
  const { path = '_/actions/echo', query = '?blocking=true&result=true', body = '{"a":1.0}' } = given;
  const lines = [
    `POST /api/v1/namespaces/${path.replaceAll('echo', ways[way])}${query} HTTP/1.1`,
    ...(given.head ?? ['Host: localhost', authorization]),
    ...(given.headers ?? ['X-Request-ID: fixed']),
    ...(given.entity ?? [...json, `Content-Length: ${String(Buffer.byteLength(body))}`]),
    ...(last ? ['Connection: close'] : []),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

const ping = 'GET /ping HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: ping\r\nConnection: close\r\n\r\n';

/** What differs from answer to answer. */
function masked(answer: string): string {
  return answer
    .replaceAll(/^Date: .*$/gm, 'Date: -')
    .replaceAll(/[0-9a-f]{32}/g, '<id>')
    .replaceAll(/"(start|end)":\d+/g, '"$1":0');
}

describe('plain invocations', () => {
  let api: ControllerUnderTest;
  let release: (result: Record<string, never>) => void = () => undefined;
  const released = new Promise<Record<string, never>>((resolve) => (release = resolve));
  before(async () => {
    api = await new ControllerUnderTest({ allowedHosts: ['my.machine'] }).start();
    const exec = { kind: 'nodejs:20', code: '' };
    await api.put('packages/pack', {});
    for (const name of ['echo', 'pack/echo', 'echo-2@x.y', 'echofails', 'echobreaks', 'echowaits', 'echoslow']) {
      await api.put(`actions/${name}`, { exec });
    }
    await api.put('actions/echofinal', {
      exec,
      parameters: [{ key: 'k', value: 1 }],
      annotations: [{ key: 'final', value: true }],
    });
    await api.put('triggers/echotrigger', {});
    api.invoker.behaviours.set('echofails', () => ({ error: 'no' }));
    api.invoker.behaviours.set('echobreaks', () => Promise.reject(new Error('a bug')));
    api.invoker.behaviours.set('echoslow', () => released);
    api.invoker.behaviours.set('echowaits', () => new Promise((resolve) => setTimeout(resolve, 200, { waited: true })));
  });
  after(async () => {
    release({});
    await api.dispose();
  });

  const open = (): Socket => connect(api.port, '127.0.0.1').on('error', () => undefined);

  /** Everything that comes back until the server closes. */
  const answerTo = (...parts: string[]): Promise<string> => {
    const socket = open();
    for (const part of parts) socket.write(part);
    return text(socket);
  };

  /** The same request both ways on connections that are kept, with another request behind it. */
  const bothWays = async (given: Invocation): Promise<string> => {
    const plain = masked(await answerTo(bytesOf('plain', given), ping));
    assert.equal(plain, masked(await answerTo(bytesOf('escaped', given), ping)), JSON.stringify(given).slice(0, 500));
    return plain;
  };

  const large = `{"a":"${'x'.repeat(1_048_576)}"}`;
  const cases: Readonly<Record<string, readonly [status: number, Invocation]>> = {
    'a result': [200, {}],
    'a record': [200, { query: '?blocking=true' }],
    'nobody waits': [202, { query: '' }],
    'a wait that is too long': [202, { path: '_/actions/echoslow', query: '?blocking=true&timeout=1' }],
    'an error of the action': [502, { path: '_/actions/echofails' }],
    'a bug': [500, { path: '_/actions/echobreaks' }],
    'an action in a package': [200, { path: 'ns/actions/pack/echo' }],
    'a name with all plain characters': [200, { path: 'ns/actions/echo-2@x.y' }],
    'no body': [200, { entity: [], body: '' }],
    'an empty body': [200, { entity: [...json, 'Content-Length: 0'], body: '' }],
    'a charset': [200, { entity: ['Content-Type: Application/JSON;charset=UTF-8', 'Content-Length: 2'], body: '{}' }],
    'a chunked body': [200, { entity: [...json, 'Transfer-Encoding: chunked'], body: '2\r\n{}\r\n0\r\n\r\n' }],
    'an expectation': [200, { headers: ['X-Request-ID: fixed', 'Expect: 100-continue'] }],
    'an id of the system': [200, { headers: ['X-Request-ID: sid_x'] }],
    'no id': [404, { path: '_/actions/echonone', headers: [] }],
    'JSON that is none': [400, { body: '{x' }],
    'no object': [400, { body: '[1]' }],
    'bytes that are no text': [400, { body: '{"\u0000":1}' }],
    'a parameter that is final': [400, { path: '_/actions/echofinal', body: '{"k":2}' }],
    'a Boolean that is none': [400, { query: '?blocking=maybe' }],
    'a time that is none': [400, { query: '?blocking=true&timeout=0' }],
    'parameters twice, empty and unknown': [200, { query: '?blocking=true&blocking=no&result=&x=%zz&y=%ff&a=b=c' }],
    'escapes in the query': [202, { path: '_/actions/echoslow', query: '?block%69ng=true&timeout=%31' }],
    'a blank in the query': [400, { query: '?result=+' }],
    'an illegal name': [400, { path: '_/actions/.echo' }],
    'an illegal namespace': [400, { path: '.echo/actions/echo' }],
    'a name that is too long': [400, { path: `_/actions/echo${'x'.repeat(300)}` }],
    'no key': [401, { head: ['Host: localhost'] }],
    'a wrong key': [401, { head: ['Host: localhost', `Authorization: ${basic({ ...alice, key: bob.key })}`] }],
    'a namespace of somebody else': [403, { path: 'other/actions/echo' }],
    'a foreign host': [403, { head: ['Host: evil.example', authorization] }],
    'two hosts': [400, { head: ['Host: localhost', 'Host: localhost', authorization] }],
    'a configured host': [200, { head: ['Host: my.machine:1', authorization] }],
    'a foreign origin': [403, { headers: ['X-Request-ID: fixed', 'Origin: http://evil.example'] }],
    'a foreign site': [403, { headers: ['X-Request-ID: fixed', 'Sec-Fetch-Site: cross-site'] }],
    'no such action': [404, { path: '_/actions/echonone' }],
    'no such package': [404, { path: '_/actions/nopack/echo' }],
    'an empty name': [404, { path: '_/actions//echo' }],
    'a path with a slash too many': [404, { path: '_/actions/pack/echo/' }],
    'the name of a trigger': [409, { path: '_/actions/echotrigger' }],
    'a body that is too large': [413, { body: large }],
    'no content type': [415, { entity: ['Content-Length: 2'], body: '{}' }],
    'another content type': [415, { entity: ['Content-Type: text/plain', 'Content-Length: 2'], body: '{}' }],
    'no content type at all': [415, { entity: ['Content-Type: nonsense'], body: '' }],
    'a compressed body': [415, { entity: [...json, 'Content-Encoding: gzip', 'Content-Length: 2'], body: '{}' }],
  };
  for (const [name, [status, given]] of Object.entries(cases)) {
    it(`are answered as all requests are: ${name}`, async () => {
      assert.match(await bothWays(given), new RegExp(`^HTTP/1.1 (100 Continue\r\n\r\nHTTP/1.1 )?${String(status)} `));
    });
  }

  it('are answered as all requests are when the invoker refuses', async () => {
    const refusals = [
      [429, () => new QueueFull(5, 4)],
      [503, () => new ShuttingDown()],
    ] as const;
    for (const [status, refusal] of refusals) {
      const answers = [];
      for (const way of ['plain', 'escaped'] as const) {
        api.invoker.refusal = refusal();
        answers.push(masked(await answerTo(bytesOf(way, {}), ping)));
      }
      assert.equal(answers[0], answers[1]);
      assert.match(answers[0] ?? '', new RegExp(`^HTTP/1.1 ${String(status)} `));
    }
  });

  it('are counted with all others against the limit of a minute', async () => {
    const limits = new NamespaceLimitsBook({ default: { invocationsPerMinute: 3 } });
    const limited = await new ControllerUnderTest({ limits }).start();
    try {
      await limited.put('actions/echo', { exec: { kind: 'nodejs:20', code: '' } });
      const statuses = new Set<number>();
      for (let round = 0; round < 8; round += 1) {
        statuses.add((await limited.post(`actions/${round % 2 === 0 ? 'echo' : 'ech%6F'}?blocking=true`, {})).status);
      }
      assert.deepEqual(statuses, new Set([200, 429]));
    } finally {
      await limited.dispose();
    }
  });

  it('are answered one after the other on a connection, and in the order of the requests', async () => {
    const slow = bytesOf('plain', { path: '_/actions/echowaits', headers: ['X-Request-ID: first'] });
    const quick = bytesOf('plain', { headers: ['X-Request-ID: second'] });
    const answer = await answerTo(slow + quick + ping);
    const ids = [...answer.matchAll(/^x-request-id: (\w+)/gm)].map(([, id]) => id);
    assert.deepEqual(ids, ['first', 'second', 'ping']);
    assert.match(answer, /{"waited":true}HTTP\/1\.1 200 [^]*{"a":1\.0}HTTP\/1\.1 200 [^]*pong$/);
  });

  it('may arrive in pieces of one byte', async () => {
    const socket = open().setNoDelay(true);
    const whole = text(socket);
    for (const byte of bytesOf('plain', {}, true)) {
      socket.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.match(await whole, /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n{"a":1\.0}$/);
  });

  it('do not run when the caller leaves before the body is there, and nobody else is disturbed', async () => {
    const before = api.invoker.messages.length;
    const socket = open();
    const entity = [...json, 'Content-Length: 100'];
    socket.write(bytesOf('plain', { entity, body: '{"a":' }));
    await once(socket, 'ready');
    socket.destroy();
    assert.match(await answerTo(bytesOf('plain', {}, true)), /^HTTP\/1\.1 200 /);
    assert.equal(api.invoker.messages.length, before + 1);
  });

  it('run to their end when the caller leaves during the run', async () => {
    const socket = open();
    const before = api.invoker.messages.length;
    socket.write(bytesOf('plain', { path: '_/actions/echowaits' }));
    await waitUntil('it runs', () => api.invoker.messages.length > before);
    socket.destroy();
    const { activationId = '' } = api.invoker.messages.at(-1) ?? {};
    await waitUntil('it is recorded', async () => (await api.get(`activations/${activationId}`)).status === 200);
  });

  it('answers a large result in full', async () => {
    const body = `{"a":"${'\u{1f600}'.repeat(200_000)}"}`;
    const answer = await answerTo(bytesOf('plain', { body }, true));
    assert.ok(answer.endsWith(`\r\n\r\n${body}`));
    assert.match(answer, new RegExp(`\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n`));
  });

  it('that run while the server closes are answered, and their connection ends', async () => {
    const stopping = await new ControllerUnderTest().start();
    await stopping.put('actions/echo', { exec: { kind: 'nodejs:20', code: '' } });
    let finish: (value: Record<string, never>) => void = () => undefined;
    stopping.invoker.behaviours.set('echo', () => new Promise((resolve) => (finish = resolve)));
    const socket = connect(stopping.port, '127.0.0.1');
    socket.write(bytesOf('plain', {}));
    await waitUntil('it runs', () => stopping.invoker.messages.length === 1);
    const closed = closeServer(stopping.controller.server);
    finish({});
    assert.match(await text(socket), /^HTTP\/1\.1 200 [^]*\r\n\r\n{}$/);
    await closed;
    await stopping.dispose();
  });

  it('are answered before the framework is loaded, and requests of other kinds as soon as it is', async () => {
    const fresh = await new ControllerUnderTest().start();
    try {
      const answers = await Promise.all([
        fresh.get('actions'),
        fresh.post('actions/none?blocking=true', {}),
        fresh.get('//ping', { as: 'nobody' }),
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 404, 200],
      );
      await fresh.controller.load();
      assert.equal((await fresh.get('actions')).status, 200);
    } finally {
      await fresh.dispose();
    }
  });
});
