import assert from 'node:assert/strict';
import type { ControllerDeps } from '../../src/lib/controller/controller-deps.js';
import { alice, bob, ControllerUnderTest } from '../helpers/controller-under-test.js';

describe('server, authentication, headers', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest().start();
  });
  after(() => api.dispose());

  const nobody = { as: 'nobody' } as const;
  const notFound = 'The requested resource could not be found.';

  it('23.1 GET / needs no credentials and tells runtimes and limits', async () => {
    const { status, json } = await api.get('//', nobody);
    assert.equal(status, 200);
    assert.deepEqual(json['api_paths'], ['/api/v1']);
    assert.equal(typeof json['runtimes']?.['nodejs']?.[0]?.['kind'], 'string');
    assert.equal(typeof json['limits']?.['sequence_length'], 'number');
    assert.equal(json['limits']?.['min_action_memory'], 134_217_728);
  });

  it('23.2 GET /ping is pong', async () => {
    const { status, text } = await api.get('//ping', nobody);
    assert.deepEqual([status, text], [200, 'pong']);
  });

  it('23.3 GET /api/v1 and /api/v1/ need no credentials', async () => {
    for (const path of ['//api/v1', '//api/v1/']) {
      const { status, json } = await api.get(path, nobody);
      assert.deepEqual([status, json['api_version_path']], [200, 'v1']);
    }
  });

  it('23.4 the API document describes what is served', async () => {
    const { status, json } = await api.get('//api/v1/api-docs', nobody);
    assert.deepEqual([status, json['swagger']], [200, '2.0']);
    const item = json['paths']?.['/api/v1/namespaces/{namespace}/actions/{name}'] ?? {};
    assert.deepEqual(Object.keys(item).sort(), ['delete', 'get', 'post', 'put']);
  });

  it('leads from /api/v1/docs to the documentation', async () => {
    const { status, headers } = await api.get('//api/v1/docs', nobody);
    assert.deepEqual([status, headers['location']], [308, 'docs/index.html?url=/api/v1/api-docs']);
  });

  it('says at /invokers/ready whether it takes work', async () => {
    assert.equal((await api.get('//invokers/ready', nobody)).text, '{"healthy":"1/1"}');
    const stopping = await new ControllerUnderTest({ ready: () => false }).start();
    const { status, text } = await stopping.get('//invokers/ready', nobody).finally(() => stopping.dispose());
    assert.deepEqual([status, text], [500, '{"unhealthy":"0/1"}']);
  });

  it('23.5 missing credentials are 401 with a code', async () => {
    const { status, json, headers } = await api.get('//api/v1/namespaces', nobody);
    assert.equal(status, 401);
    assert.equal(json['error'], 'The resource requires authentication, which was not supplied with the request');
    assert.equal(json['code'], headers['x-request-id']);
  });

  it('23.6 unknown credentials are 401', async () => {
    for (const as of [
      { ...alice, uuid: '00000000-0000-0000-0000-000000000000' },
      { ...alice, key: 'b'.repeat(64) },
    ]) {
      const { status, json } = await api.get('//api/v1/namespaces', { as });
      assert.deepEqual([status, json['error']], [401, 'The supplied authentication is invalid']);
    }
  });

  it('23.7 a key of another length is 401, and so is a header that is no Basic credential', async () => {
    assert.equal((await api.get('//api/v1/namespaces', { as: { ...alice, key: 'short' } })).status, 401);
    for (const Authorization of ['Bearer x', 'Basic', 'Basic ????', 'Basic YQ==', '']) {
      const { status } = await api.get('//api/v1/namespaces', { as: 'nobody', headers: { Authorization } });
      assert.equal(status, 401, Authorization);
    }
  });

  it('23.8 401 carries a challenge', async () => {
    const { headers } = await api.get('//api/v1/namespaces', nobody);
    assert.equal(headers['www-authenticate'], 'Basic realm="OpenWhisk secure realm",charset=UTF-8');
  });

  it('23.9 an unknown path is 401 without and 404 with credentials', async () => {
    assert.equal((await api.get('//api/v1/nonsense', nobody)).status, 401);
    const { status, json } = await api.get('//api/v1/nonsense');
    assert.deepEqual([status, json['error']], [404, notFound]);
    assert.equal((await api.get('//nonsense', nobody)).status, 404);
  });

  it('23.10 echoes X-Request-ID', async () => {
    const { headers } = await api.get('actions', { headers: { 'X-Request-ID': 'abc123' } });
    assert.equal(headers['x-request-id'], 'abc123');
  });

  it('23.11 the code of an error is the request id', async () => {
    const { json } = await api.get('actions/none', { headers: { 'X-Request-ID': 'abc123' } });
    assert.deepEqual(json, { error: 'The requested resource does not exist.', code: 'abc123' });
  });

  it('23.12 an id of the system is replaced', async () => {
    const { headers } = await api.get('actions', { headers: { 'X-Request-ID': 'sid_x' } });
    assert.match(headers['x-request-id'] ?? '', /^[A-Za-z0-9]{32}$/);
  });

  it('23.13 makes an id of 32 characters when none is given', async () => {
    assert.match((await api.get('//ping', nobody)).headers['x-request-id'] ?? '', /^[A-Za-z0-9]{32}$/);
  });

  it('RS-207 does not echo an id with blanks or of more than 256 characters', async () => {
    for (const id of ['a b', 'x'.repeat(257), 'caf\u00e9']) {
      const { headers } = await api.get('actions', { headers: { 'X-Request-ID': id } });
      assert.match(headers['x-request-id'] ?? '', /^[A-Za-z0-9]{32}$/);
    }
  });

  it('23.14 OPTIONS needs no credentials and no path that exists', async () => {
    for (const path of ['actions/x', '//api/v1/no/such/path']) {
      const { status, text, headers } = await api.send('OPTIONS', path, nobody);
      assert.deepEqual([status, text], [200, 'OK']);
      assert.equal(headers['access-control-allow-origin'], '*');
      assert.match(headers['access-control-allow-headers'] ?? '', /Authorization/);
      assert.match(headers['access-control-allow-methods'] ?? '', /DELETE/);
    }
  });

  it('23.15 answers carry CORS headers', async () => {
    assert.equal((await api.get('actions')).headers['access-control-allow-origin'], '*');
    assert.equal((await api.get('actions/none')).headers['access-control-allow-origin'], '*');
  });

  it('sends JSON without charset and compact', async () => {
    const { headers, text } = await api.get('limits');
    assert.equal(headers['content-type'], 'application/json');
    assert.doesNotMatch(text, /[\n:] /);
  });

  it('23.16 the namespace list has exactly one entry', async () => {
    assert.equal((await api.get('//api/v1/namespaces')).text, '["ns"]');
    assert.equal((await api.get('//api/v1/namespaces/', { as: bob })).text, '["other"]');
  });

  it('23.17 GET namespaces/{ns} is 404', async () => {
    assert.equal((await api.get('//api/v1/namespaces/ns')).status, 404);
  });

  it('23.18 limits are what is enforced', async () => {
    const { status, json } = await api.get('limits');
    assert.equal(status, 200);
    assert.equal(json['invocationsPerMinute'], 2_147_483_647);
    assert.equal(json['maxActionMemory'], 512);
    assert.equal(json['maxParameterSize'], '1048576 B');
  });

  it('23.19 inner limits are not implemented', async () => {
    const { status, json } = await api.get('limits/x');
    assert.equal(status, 400);
    assert.equal(json['error'], 'Inner entity level routes for limits are not yet implemented.');
  });

  it('23.20 limits are read only', async () => {
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH', 'HEAD']) {
      const { status, headers } = await api.send(method, 'limits', {});
      assert.deepEqual([status, headers['allow']], [405, 'GET']);
    }
  });

  it('23.21 _ and the own namespace are the same', async () => {
    await api.put('actions/shown', { exec: { kind: 'nodejs:default', code: '' } });
    const { text } = await api.get('//api/v1/namespaces/ns/actions');
    assert.equal(text, (await api.get('actions')).text);
    assert.match(text, /shown/);
  });

  it('23.22 the actions of another namespace are 403', async () => {
    const { status, json } = await api.get('//api/v1/namespaces/other/actions');
    assert.equal(status, 403);
    assert.equal(json['error'], "The supplied authentication is not authorized to access 'other'.");
    const one = await api.get('//api/v1/namespaces/other/actions/x');
    assert.equal(one.json['error'], "The supplied authentication is not authorized to access 'other/x'.");
  });

  it('23.23 the packages of another namespace can be listed', async () => {
    const { status, json } = await api.get('//api/v1/namespaces/other/packages');
    assert.deepEqual([status, json], [200, []]);
  });

  it('23.25 an illegal namespace is 400', async () => {
    const { status, json } = await api.get('//api/v1/namespaces/bad!ns/actions');
    assert.deepEqual([status, json['error']], [400, 'The namespace contains illegal characters.']);
    const long = await api.get(`//api/v1/namespaces/${'n'.repeat(257)}/actions`);
    assert.equal(long.json['error'], 'Namespace longer than allowed: 257 > 256.');
  });

  it('refuses a key as soon as it is replaced', async () => {
    const carol = { ...alice, subject: 'carol', namespace: 'carols', uuid: '3'.repeat(36) };
    const renewed = { ...carol, key: 'c'.repeat(64) };
    await api.controller.authenticator.replace(carol);
    assert.equal((await api.get('actions', { as: carol })).status, 200);
    await api.controller.authenticator.replace(renewed);
    assert.equal((await api.get('actions', { as: carol })).status, 401);
    assert.equal((await api.get('actions', { as: renewed })).status, 200);
  });

  it('answers 500 without details for a bug, and logs it without secrets', async () => {
    const broken = await new ControllerUnderTest({ manifest: brokenManifest() }).start();
    const { status, json } = await broken
      .put('actions/x', { exec: { kind: 'nodejs:20', code: 'secret code' } })
      .finally(() => broken.dispose());
    assert.deepEqual([status, json['error']], [500, 'There was an internal server error.']);
    assert.equal(broken.logged.length, 1);
    assert.doesNotMatch(broken.logged.join(), /secret/);
  });
});

function brokenManifest(): ControllerDeps['manifest'] {
  return {
    toInfo: () => ({}),
    validValues: () => [],
    resolve: () => {
      throw new Error('broken on purpose');
    },
  };
}
