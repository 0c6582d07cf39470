import assert from 'node:assert/strict';
import { NamespaceLimitsBook } from '../../src/lib/entity/namespace-limits.js';
import type { JsonValue } from '../../src/lib/entity/json.js';
import { QueueFull } from '../../src/lib/invoker/invoker.js';
import { alice, basic, bob, ControllerUnderTest, textOf, type TestAnswer } from '../helpers/controller-under-test.js';
import { VirtualClock } from '../helpers/virtual-clock.js';
import { waitUntil } from '../helpers/wait-until.js';
import { exec, nobody, pairs, WebActionsUnderTest } from '../helpers/web-actions-under-test.js';

const idHeader = 'x-openwhisk-activation-id';
const notFound = 'The requested resource does not exist.';

describe('calls of web actions', () => {
  let web: WebActionsUnderTest;
  before(async () => {
    web = await new WebActionsUnderTest().start();
  });
  after(() => web.dispose());

  it('23.239 what is not exported or not there is one 404, and nothing runs', async () => {
    await web.api.put('actions/plain', { exec });
    await web.define('half', { annotations: { 'web-export': 'true' } });
    await web.api.put('packages/empty', {});
    const before = web.api.invoker.messages.length;
    const paths = [
      'default/plain',
      'default/half',
      'default/none',
      'empty/echo',
      'nopkg/echo',
      'echo/echo',
      'default/empty',
    ];
    const refused = await Promise.all([
      ...paths.map((path) => web.call(`ns/${path}.json`)),
      web.call('nons/default/echo'),
    ]);
    const illegal = [
      '_/default/echo',
      'ns/default/%00',
      'ns/default/..',
      'ns/default/a%2fb',
      'ns/default/.json',
      '%0d/a/b',
    ];
    for (const path of illegal) refused.push(await web.call(path));
    for (const { status, json, headers } of refused) {
      assert.deepEqual([status, json['error'], typeof json['code']], [404, notFound, 'string']);
      assert.equal(headers['access-control-allow-origin'], undefined);
    }
    assert.equal(web.api.invoker.messages.length, before);
  });

  it('23.240 23.242 query, path, method and headers become arguments', async () => {
    const { status, json, headers } = await web.call('ns/default/echo.json/x/%20y?a=b&c', {
      ...nobody,
      headers: { 'X-Own': 'V' },
    });
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'application/json');
    assert.deepEqual([json['a'], json['c'], json['__ow_method'], json['__ow_path']], ['b', '', 'get', '/x/%20y']);
    assert.equal(json['__ow_headers']?.['x-own'], 'V');
    assert.equal(json['__ow_user'], undefined);
    assert.equal((await web.call('ns/default/echo.json')).json['__ow_path'], '');
  });

  it('23.241 credentials are optional; the activation is the owner’s, whoever calls', async () => {
    const own = await web.call('ns/default/echo.json', { as: alice });
    assert.equal(own.json['__ow_user'], 'ns');
    const foreign = await web.call('ns/default/echo.json', { as: bob });
    assert.equal(foreign.json['__ow_user'], 'other');
    const { json } = await web.api.get(`activations/${textOf(foreign.headers[idHeader])}`);
    assert.deepEqual([json['namespace'], json['subject']], ['ns', 'alice']);
    assert.equal((await web.api.get(`activations/${textOf(foreign.headers[idHeader])}`, { as: bob })).status, 404);
    for (const wrong of [basic({ ...alice, key: 'x'.repeat(64) }), 'Basic !', 'Bearer token', '']) {
      const { status, json: echoed } = await web.call('ns/default/echo.json', {
        ...nobody,
        headers: { Authorization: wrong },
      });
      assert.deepEqual([status, echoed['__ow_user']], [200, undefined], wrong);
    }
  });

  it('17.5 headers are passed on as they are, credentials included, as the reference does', async () => {
    const { json } = await web.call('ns/default/echo.json', { as: bob });
    assert.equal(json['__ow_headers']?.['authorization'], basic(bob));
    const token = await web.call('ns/default/echo.json', { ...nobody, headers: { Authorization: 'Bearer token' } });
    assert.equal(token.json['__ow_headers']?.['authorization'], 'Bearer token');
  });

  it('23.243 23.244 23.245 bodies of every method, also without a known type', async () => {
    const send = (method: string, type: string, raw: string): Promise<TestAnswer> =>
      web.call('ns/default/echo.json?k=q', { ...nobody, raw, headers: { 'Content-Type': type } }, method);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'GET']) {
      const { json } = await send(method, 'application/json', '{"k":"body"}');
      assert.deepEqual([json['k'], json['__ow_method']], ['body', method.toLowerCase()], method);
      assert.equal((await send(method, 'text/plain', 'words')).json['__ow_body'], 'words', method);
    }
    assert.equal((await send('POST', 'application/octet-stream', 'abc')).json['__ow_body'], 'YWJj');
    assert.equal((await send('POST', 'application/x-www-form-urlencoded', 'k=f+g')).json['k'], 'f g');
  });

  it('23.246 23.247 refusals before the run have CORS headers and no activation id', async () => {
    const json = { 'Content-Type': 'application/json' };
    const refused = [
      await web.call('ns/default/echo', { ...nobody, raw: '{bad', headers: json }, 'POST'),
      await web.call('ns/default/echo?__ow_path=x'),
      await web.call('ns/default/echo?a=%zz'),
    ];
    for (const { status, headers, text: body } of refused) {
      assert.equal(status, 400);
      assert.deepEqual([headers['access-control-allow-origin'], headers[idHeader]], ['*', undefined]);
      assert.match(body, /^\{\n {2}"error": ".*",\n {2}"code": "[0-9a-f]{32}"\n\}$/);
    }
  });

  it('23.248 final parameters are refused; null ones and those of raw actions are not', async () => {
    const parameters = { fixed: 1, open: null, __ow_method: 'predefined' };
    await web.define('final', { annotations: { final: true }, parameters });
    const refused = await web.call('ns/default/final.json?fixed=2');
    assert.match(textOf(refused.json['error']), /^Request defines parameters that are not allowed/);
    const { json } = await web.call('ns/default/final.json?open=2');
    assert.deepEqual([json['fixed'], json['open'], json['__ow_method']], [1, '2', 'get']);
    await web.define('final-raw', { annotations: { final: true, 'raw-http': true }, parameters });
    const raw = await web.call('ns/default/final-raw.json?fixed=2');
    assert.deepEqual([raw.status, raw.json['fixed'], raw.json['__ow_query']], [200, 1, 'fixed=2']);
  });

  it('23.264 require-whisk-auth', async () => {
    await web.define('auth', { annotations: { 'require-whisk-auth': true } });
    const { status, json, headers } = await web.call('ns/default/auth.json');
    assert.equal(status, 401);
    assert.equal(json['error'], 'Authentication is possible but has failed or not yet been provided.');
    assert.equal(headers['www-authenticate'], undefined);
    assert.equal((await web.call('ns/default/auth.json', { as: bob })).status, 200);
    assert.equal((await web.call('ns/default/auth.json', nobody, 'OPTIONS')).status, 200);
    await web.define('secret', { annotations: { 'require-whisk-auth': 7 } });
    assert.equal((await web.call('ns/default/secret.json', { as: alice })).status, 401);
    const header = { 'X-Require-Whisk-Auth': '7' };
    assert.equal((await web.call('ns/default/secret.json', { ...nobody, headers: header })).status, 200);
    await web.define('open', { annotations: { 'require-whisk-auth': false } });
    assert.equal((await web.call('ns/default/open.json')).status, 200);
  });

  it('23.266 a body of more than 1 MB is 413, announced or not', async () => {
    const raw = 'x'.repeat(1_048_577);
    const type = { 'Content-Type': 'text/plain' };
    const { status, json, headers } = await web.call('ns/default/echo.json', { ...nobody, raw, headers: type }, 'POST');
    assert.deepEqual([status, json['error']], [413, 'Request larger than allowed: 1048577 > 1048576 bytes.']);
    assert.equal(headers['access-control-allow-origin'], '*');
    const chunk = `Transfer-Encoding: chunked\r\n\r\n100001\r\n${raw}\r\n0`;
    const chunked = await web.wire('ns/default/echo.json', ['Content-Type: text/plain', 'Connection: close', chunk]);
    assert.match(chunked, /^HTTP\/1\.1 413 /);
    const most = { ...nobody, raw: raw.slice(1), headers: type };
    assert.equal((await web.call('ns/default/echo.json', most, 'POST')).status, 200);
  });

  it('23.267 an unknown extension belongs to the name; none is as .http', async () => {
    assert.equal((await web.call('ns/default/echo.xyz')).status, 404);
    await web.define('echo.json');
    assert.equal((await web.call('ns/default/echo.json.json')).json['__ow_path'], '');
    assert.equal((await web.call('ns/default/echo')).status, 204);
  });

  it('23.269 private packages and bindings work; their annotations do not matter', async () => {
    await web.api.put('packages/p', { parameters: pairs({ a: 'package', b: 'package', c: 'package', d: 'package' }) });
    await web.define('p/w', { parameters: { c: 'action', d: 'action' } });
    await web.api.put('actions/p/hidden', { exec });
    const annotations = pairs({ 'web-export': true, 'require-whisk-auth': true });
    const binding = { namespace: '_', name: 'p' };
    await web.api.put('packages/b', { binding, annotations, parameters: pairs({ b: 'binding', c: 'binding' }) });
    const { json } = await web.call('ns/p/w.json?d=query');
    assert.deepEqual([json['a'], json['b'], json['c'], json['d']], ['package', 'package', 'action', 'query']);
    const bound = await web.call('ns/b/w.json');
    assert.deepEqual([bound.json['a'], bound.json['b'], bound.json['c']], ['package', 'binding', 'action']);
    assert.equal((await web.call('ns/b/hidden.json')).status, 404);
  });

  it('23.269 a binding of a foreign package works while its owner may read it', async () => {
    const as = { as: bob };
    await web.api.put('packages/shared', { publish: true }, as);
    await web.api.put('actions/shared/w', { exec, annotations: pairs({ 'web-export': true }) }, as);
    await web.api.put('packages/mine', { binding: { namespace: 'other', name: 'shared' } });
    const { status, headers } = await web.call('ns/mine/w.json');
    assert.equal(status, 200);
    assert.equal((await web.api.get(`activations/${textOf(headers[idHeader])}`)).json['namespace'], 'ns');
    await web.api.put('packages/shared?overwrite=true', { publish: false }, as);
    assert.equal((await web.call('ns/mine/w.json')).status, 404);
  });

  it('23.4 the API document tells the methods', async () => {
    const { json } = await web.api.get('//api/v1/api-docs', nobody);
    const item = json['paths']?.['/api/v1/web/{namespace}/{package}/{action}'] ?? {};
    assert.deepEqual(Object.keys(item).sort(), ['delete', 'get', 'head', 'options', 'patch', 'post', 'put']);
  });

  it('23.270 addresses without an action and other methods have no route', async () => {
    for (const path of ['ns', 'ns/', 'ns/default', 'ns/default/']) {
      const { status, json } = await web.call(path);
      assert.deepEqual([status, json['error']], [404, 'The requested resource could not be found.'], path);
    }
    assert.ok([401, 404, 405].includes((await web.call('ns/default/echo', nobody, 'TRACE')).status));
    assert.ok([401, 404, 405].includes((await web.call('ns/default/echo', nobody, 'PROPFIND')).status));
  });

  it('RS-206 hostile paths are 400 or 404 or data, and never a 500', async () => {
    const payloads = [
      '..',
      '%2e%2e',
      '%252e',
      '%c0%ae',
      '%00',
      '%',
      '%0d%0aX:1',
      '%ff',
      '..%2f..',
      '\\',
      ';',
      '{x}',
      '*',
      '$',
    ];
    for (const payload of payloads) {
      for (const prefix of ['', 'ns/', 'ns/default/', 'ns/default/echo.json/', 'ns/default/echo.json?q=']) {
        const { status } = await web.call(`${prefix}${payload}`);
        assert.ok([200, 400, 404].includes(status), `${prefix}${payload}: ${String(status)}`);
      }
    }
    assert.deepEqual(web.api.logged, []);
  });

  it('RS-243 any origin may call, but brings no credentials; foreign hosts may not', async () => {
    for (const foreign of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ]) {
      const { status, json, headers } = await web.call('ns/default/echo.json', { as: alice, headers: foreign });
      assert.deepEqual([status, json['__ow_user'], headers['access-control-allow-origin']], [200, undefined, '*']);
      assert.equal((await web.call('ns/default/auth.json', { as: alice, headers: foreign })).status, 401);
    }
    const own = { Origin: `http://127.0.0.1:${String(web.api.port)}` };
    assert.equal((await web.call('ns/default/echo.json', { as: alice, headers: own })).json['__ow_user'], 'ns');
    const { status, headers } = await web.call('ns/default/echo.json', {
      ...nobody,
      headers: { Host: 'evil.example' },
    });
    assert.deepEqual([status, headers['access-control-allow-origin']], [403, undefined]);
  });

  it('17.4 what takes longer than a minute is 202 and goes on', async () => {
    const clock = new VirtualClock();
    const slow = await new ControllerUnderTest({ clock }).start();
    try {
      await slow.put('actions/slow', { exec, annotations: pairs({ 'web-export': true }) });
      let end: (value: JsonValue) => void = () => undefined;
      slow.invoker.behaviours.set('slow', () => new Promise<JsonValue>((resolve) => (end = resolve)));
      const waiting = slow.get('//api/v1/web/ns/default/slow.json', nobody);
      await waitUntil('the action runs', () => slow.invoker.inFlight === 1);
      await clock.advance(60_000);
      const { status, json, headers } = await waiting;
      assert.deepEqual([status, json['error']], [202, 'Response not yet ready.']);
      const [open] = await slow.activations.open();
      assert.equal(open?.activationId, headers[idHeader]);
      end({});
      await waitUntil('the action ended', () => slow.invoker.inFlight === 0);
      assert.equal((await slow.get(`activations/${textOf(headers[idHeader])}`)).status, 200);
    } finally {
      await slow.dispose();
    }
  });

  it('24.19 the owner is charged for every call', async () => {
    const limits = new NamespaceLimitsBook({ default: { invocationsPerMinute: 2 } });
    const limited = await new ControllerUnderTest({ limits, clock: new VirtualClock() }).start();
    try {
      await limited.put('actions/a', { exec, annotations: pairs({ 'web-export': true }) });
      const statuses: number[] = [];
      for (const as of ['nobody', bob, alice] as const) {
        statuses.push((await limited.get('//api/v1/web/ns/default/a.json', { as })).status);
      }
      assert.deepEqual(statuses, [200, 200, 429]);
      assert.equal((await limited.get('//api/v1/web/ns/default/missing', nobody)).status, 404);
    } finally {
      await limited.dispose();
    }
  });

  it('RS-165 a full queue is 429 with CORS headers and without an activation id', async () => {
    web.api.invoker.refusal = new QueueFull(1001, 1000);
    const { status, headers } = await web.call('ns/default/echo.json');
    assert.deepEqual([status, headers[idHeader], headers['access-control-allow-origin']], [429, undefined, '*']);
  });

  it('11 a sequence can be a web action', async () => {
    await web.define('first');
    const body = {
      exec: { kind: 'sequence', components: ['/_/first', '/_/echo'] },
      annotations: pairs({ 'web-export': true }),
    };
    assert.equal((await web.api.put('actions/chain', body)).status, 200);
    const { status, json } = await web.call('ns/default/chain.json?a=1');
    assert.deepEqual([status, json['a'], json['__ow_method']], [200, '1', 'get']);
  });
});
