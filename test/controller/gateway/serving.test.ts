import assert from 'node:assert/strict';
import { textOf } from '../../helpers/controller-under-test.js';
import { GatewayUnderTest } from '../../helpers/gateway-under-test.js';

describe('routes of the API gateway', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await new GatewayUnderTest().start();
  });
  afterEach(() => gateway.dispose());

  it('18.6 calls the web action with method, query, headers and body', async () => {
    await gateway.create();
    await gateway.create({ method: 'post' });
    const get = await gateway.call('/books/list?name=Bob', 'GET', { headers: { 'X-Mine': 'yes' } });
    assert.equal(get.status, 200);
    assert.equal(get.json['name'], 'Bob');
    assert.equal(get.json['__ow_method'], 'get');
    assert.equal(get.json['__ow_path'], '');
    assert.equal(get.json['__ow_headers']?.['x-mine'], 'yes');
    assert.ok(get.headers['x-openwhisk-activation-id']);
    const post = await gateway.call('/books/list', 'POST', { body: { n: 1 } });
    assert.deepEqual([post.json['n'], post.json['__ow_method']], [1, 'post']);
  });

  it('18.6 serves what gwApiUrl and the relative path say', async () => {
    const { json } = await gateway.create({ basePath: '/' });
    const endpoint = new URL(`${textOf(json['gwApiUrl'])}/list`);
    assert.equal((await gateway.api.send('GET', `/${endpoint.pathname}`, { as: 'nobody' })).status, 200);
  });

  it('18.6 answers 404 for what is no route', async () => {
    await gateway.create();
    for (const [path, method] of [
      ['/books/list', 'PUT'],
      ['/books/list', 'HEAD'],
      ['/books', 'GET'],
      ['/books/list/more', 'GET'],
      ['/other/list', 'GET'],
      ['', 'GET'],
    ] as const) {
      assert.equal((await gateway.call(path, method)).status, 404, `${method} ${path}`);
    }
    assert.equal((await gateway.api.send('GET', '//gateway/other/books/list', {})).status, 404);
    assert.equal((await gateway.call('/books/%ff')).status, 400);
    assert.equal((await gateway.api.send('GET', '//gateway', {})).status, 404);
  });

  it('18.6 prefers literal segments to path parameters, and gives the action the path', async () => {
    gateway.api.invoker.behaviours.set('echo', (content) => ({ body: content }));
    await gateway.define('newest');
    gateway.api.invoker.behaviours.set('newest', () => ({ body: 'newest' }));
    await gateway.create({ path: '/{id}', parameters: ['id'] }, 'http');
    await gateway.create({ path: '/newest', action: 'newest' }, 'http');
    assert.equal((await gateway.call('/books/newest')).text, 'newest');
    const { json } = await gateway.call('/books/a%20b?q=1');
    assert.deepEqual([json['__ow_path'], json['q']], ['/books/a%20b', '1']);
  });

  for (const [type, contentType] of [
    ['json', 'application/json'],
    ['html', 'text/html; charset=UTF-8'],
    ['text', 'text/plain; charset=UTF-8'],
    ['svg', 'image/svg+xml'],
  ] as const) {
    it(`18.1 answers in the response type ${type}`, async () => {
      gateway.api.invoker.behaviours.set('echo', () => ({ body: 'b' }));
      await gateway.create({}, type);
      assert.equal((await gateway.call('/books/list')).headers['content-type'], contentType);
    });
  }

  it('18.4 shows the secret of a secured action to it, whatever the caller sends', async () => {
    await gateway.define('secured', { annotations: { 'require-whisk-auth': 'sécret' } });
    await gateway.create({ path: '/open', action: 'secured' });
    await gateway.create({ path: '/secure', action: 'secured', secureKey: 'sécret' });
    await gateway.create({ path: '/wrong', action: 'secured', secureKey: 'other' });
    assert.equal((await gateway.call('/books/open')).status, 401);
    assert.equal((await gateway.call('/books/secure')).status, 200);
    const guess = { headers: { 'x-require-whisk-auth': 'guess' } };
    assert.equal((await gateway.call('/books/secure', 'GET', guess)).status, 200);
    assert.equal((await gateway.call('/books/wrong', 'GET', guess)).status, 401);
  });

  it('18.6 answers OPTIONS itself and allows other sites (RS-243)', async () => {
    await gateway.define('own', { annotations: { 'web-custom-options': true } });
    await gateway.create({ action: 'own' });
    await gateway.create({ method: 'delete', action: 'own' });
    const before = gateway.api.invoker.messages.length;
    const headers = { Origin: 'https://page.example', 'Access-Control-Request-Headers': 'X-Mine' };
    const preflight = await gateway.call('/books/list', 'OPTIONS', { headers });
    assert.equal(preflight.status, 200);
    assert.equal(preflight.headers['access-control-allow-methods'], 'OPTIONS, GET, DELETE');
    assert.equal(preflight.headers['access-control-allow-headers'], 'X-Mine');
    assert.equal(gateway.api.invoker.messages.length, before);
    const answer = await gateway.call('/books/list', 'GET', { headers });
    assert.deepEqual([answer.status, answer.headers['access-control-allow-origin']], [200, '*']);
  });

  it('18.6 answers as the web action does when that is gone or not exported', async () => {
    await gateway.create();
    await gateway.define('echo', { annotations: { 'web-export': false } });
    assert.equal((await gateway.call('/books/list')).status, 404);
    await gateway.api.delete('actions/echo');
    assert.equal((await gateway.call('/books/list')).status, 404);
  });

  it('RS-241 refuses foreign hosts', async () => {
    await gateway.create();
    assert.equal((await gateway.call('/books/list', 'GET', { headers: { Host: 'evil.example' } })).status, 403);
  });
});
