import assert from 'node:assert/strict';
import type { StatusCode } from '../../src/lib/entity/activation.js';
import type { ActivationInvoker } from '../../src/lib/invoker/invoker.js';
import { ControllerUnderTest, textOf } from '../helpers/controller-under-test.js';
import { exec, nobody, WebActionsUnderTest } from '../helpers/web-actions-under-test.js';

const idHeader = 'x-openwhisk-activation-id';

describe('responses of web actions', () => {
  let web: WebActionsUnderTest;
  before(async () => {
    web = await new WebActionsUnderTest().start();
  });
  after(() => web.dispose());

  it('23.253 23.256 RS-205 the response as the action says, header names in their case', async () => {
    await web.answering('full', {
      statusCode: 201,
      headers: {
        'X-CaSe': 'v',
        'Set-Cookie': ['a=b', 'c=d'],
        'content-LENGTH': 999,
        Connection: 'upgrade',
        'X-Request-ID': 'mine',
      },
      body: 'ä',
    });
    const answer = await web.wire('ns/default/full', ['X-Request-ID: theirs']);
    const [head = '', body] = answer.split('\r\n\r\n');
    assert.equal(body, 'ä');
    const lines = head.split('\r\n');
    assert.equal(lines[0], 'HTTP/1.1 201 Created');
    for (const line of ['X-CaSe: v', 'Set-Cookie: a=b', 'Set-Cookie: c=d', 'Content-Type: text/html; charset=UTF-8']) {
      assert.ok(lines.includes(line), line);
    }
    assert.deepEqual(lines.filter((line) => /^(?:content-length|connection|x-request-id):/i.test(line)).sort(), [
      'Connection: close',
      'Content-Length: 2',
      'X-Request-ID: theirs',
    ]);
    await web.answering('none', { headers: { 'Content-Type': 'text/plain' } });
    const empty = await web.wire('ns/default/none');
    assert.match(empty, /^HTTP\/1\.1 204 No Content\r\n/);
    assert.doesNotMatch(empty, /^content-(?:type|length):/im);
  });

  it('RS-205 no header of an action can split a response or crash the platform', async () => {
    for (const headers of [
      { a: 'x\r\nInjected: 1' },
      { 'a\r\nInjected': '1' },
      { a: '\u0000' },
      { a: '€' },
      { '': 'x' },
    ]) {
      await web.answering('bad', { headers, body: 'x' });
      const answer = await web.wire('ns/default/bad');
      assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
      assert.doesNotMatch(answer, /^Injected/m);
      assert.match(answer, /Response is not valid 'message\/http'\./);
    }
    for (const statusCode of [100, 101, 0, 600, 1e9]) {
      await web.answering('bad', { statusCode });
      assert.equal((await web.call('ns/default/bad')).status, 400);
    }
    assert.deepEqual(web.api.logged, []);
  });

  it('23.260 the value of error goes through the extension', async () => {
    await web.answering('teapot', { error: { statusCode: 418, body: 't' } });
    const { status, text: body } = await web.call('ns/default/teapot');
    assert.deepEqual([status, body], [418, 't']);
    await web.answering('plain-error', { error: 'x' });
    const http = await web.call('ns/default/plain-error');
    assert.deepEqual([http.status, http.json['error']], [400, "Response is not valid 'message/http'."]);
    const json = await web.call('ns/default/plain-error.json');
    assert.deepEqual([json.status, json.json['error']], [400, "Response is not valid 'application/json'."]);
    assert.equal((await web.call('ns/default/plain-error.text')).text, 'x');
  });

  it('23.260 errors of developer and platform tell nothing', async () => {
    for (const statusCode of [2, 3] as const) {
      const other = await new ControllerUnderTest({ invoker: failingWith(web.api.invoker, statusCode) }).start();
      try {
        await other.put('actions/a', { exec, annotations: [{ key: 'web-export', value: true }] });
        const answer = await other.get('//api/v1/web/ns/default/a.json', nobody);
        assert.deepEqual([answer.status, answer.json['error']], [400, 'There was an error processing your request.']);
        assert.match(textOf(answer.headers[idHeader]), /^[0-9a-f]{32}$/);
      } finally {
        await other.dispose();
      }
    }
  });

  it('23.261 a type that is not accepted is 406 after the run; empty responses are exempt', async () => {
    await web.answering('page', { html: '<p>' });
    const headers = { Accept: 'application/json' };
    const { status, json, headers: received } = await web.call('ns/default/page.html', { ...nobody, headers });
    assert.equal(status, 406);
    assert.equal(
      json['error'],
      'Resource representation is only available with these types:\ntext/html; charset=UTF-8',
    );
    assert.match(textOf(received[idHeader]), /^[0-9a-f]{32}$/);
    await web.answering('void', {});
    assert.equal((await web.call('ns/default/void', { ...nobody, headers })).status, 204);
  });

  it('23.262 OPTIONS is answered without running the action, with the headers that were asked for', async () => {
    const before = web.api.invoker.messages.length;
    const headers = { 'Access-Control-Request-Headers': 'x', Origin: 'https://site.example' };
    const answer = await web.call('ns/default/echo', { ...nobody, headers }, 'OPTIONS');
    assert.deepEqual([answer.status, answer.text, answer.headers['content-length']], [200, '', '0']);
    assert.equal(answer.headers['access-control-allow-headers'], 'x');
    assert.equal(answer.headers['access-control-allow-methods'], 'OPTIONS, GET, DELETE, POST, PUT, HEAD, PATCH');
    assert.equal(web.api.invoker.messages.length, before);
    assert.equal((await web.call('ns/default/none-such', nobody, 'OPTIONS')).status, 404);
  });

  it('23.262 the platform’s CORS headers replace those of the action', async () => {
    await web.answering('cors', { headers: { 'access-control-allow-origin': 'https://a.example' }, body: 'x' });
    const lines = (await web.wire('ns/default/cors')).split('\r\n');
    const origins = lines.filter((line) => /^access-control-allow-origin/i.test(line));
    assert.deepEqual(origins, ['Access-Control-Allow-Origin: *']);
  });

  it('23.263 web-custom-options leaves OPTIONS and CORS to the action', async () => {
    const annotations = { 'web-custom-options': true, 'require-whisk-auth': true };
    await web.define('own', { annotations });
    web.api.invoker.behaviours.set('own', (content) => ({
      headers: { 'Access-Control-Allow-Origin': 'a' },
      body: content,
    }));
    const options = await web.call('ns/default/own', nobody, 'OPTIONS');
    assert.deepEqual([options.status, options.json['__ow_method']], [200, 'options']);
    assert.equal(options.headers['access-control-allow-origin'], 'a');
    assert.equal(options.headers['access-control-allow-methods'], undefined);
    const refused = await web.call('ns/default/own');
    assert.deepEqual([refused.status, refused.headers['access-control-allow-origin']], [401, undefined]);
  });

  it('23.265 HEAD runs the action and sends no body', async () => {
    await web.define('head');
    web.api.invoker.behaviours.set('head', (content) => ({ body: JSON.stringify(content) }));
    const before = web.api.invoker.messages.length;
    const { status, text: body, headers } = await web.call('ns/default/head', nobody, 'HEAD');
    assert.deepEqual([status, body], [200, '']);
    assert.ok(Number(headers['content-length']) > 0);
    const message = web.api.invoker.messages.at(-1)?.content;
    assert.equal(message !== undefined && '__ow_method' in message ? message['__ow_method'] : undefined, 'head');
    assert.equal(web.api.invoker.messages.length, before + 1);
  });

  it('23.268 the activation id is there on 200, 204 and 400 after the run', async () => {
    await web.answering('list', ['a']);
    for (const [path, expected] of [
      ['list.json', 200],
      ['list', 400],
      ['echo', 204],
    ] as const) {
      const { status, headers } = await web.call(`ns/default/${path}`);
      assert.equal(status, expected);
      assert.equal((await web.api.get(`activations/${textOf(headers[idHeader])}`)).json['namespace'], 'ns');
    }
  });
});

/** An invoker whose activations all end with an error of the developer or of the platform. */
function failingWith(invoker: ActivationInvoker, statusCode: StatusCode): ActivationInvoker {
  return {
    inFlight: 0,
    whole: (work) => work(),
    room: () => undefined,
    activate: async (message) => {
      const finished = await invoker.activate(message);
      return { ...finished, statusCode, result: '{"error":"secret detail"}' };
    },
  };
}
