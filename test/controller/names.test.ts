import assert from 'node:assert/strict';
import { ControllerUnderTest } from '../helpers/controller-under-test.js';

const code = 'function main(args) { return args; }';
const body = { exec: { kind: 'nodejs:default', code } };

describe('names of entities', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest().start();
  });
  after(() => api.dispose());

  const conformance = 'Resource by this name exists but is not in this collection.';

  it('23.26 256 characters are allowed', async () => {
    assert.equal((await api.put(`actions/${'n'.repeat(256)}`, body)).status, 200);
  });

  it('23.27 257 characters are not', async () => {
    const { status, json } = await api.put(`actions/${'n'.repeat(257)}`, body);
    assert.deepEqual([status, json['error']], [400, 'Name segement longer than allowed: 257 > 256.']);
  });

  it('23.28 23.29 23.30 23.32 illegal characters are 400, before the body is looked at', async () => {
    for (const name of [
      '%20',
      'hi+there',
      '$hola',
      'dora%3F',
      '%7Cdora%7C',
      'x%20',
      '%20x',
      'caf%C3%A9',
      'a%0Ab',
      'a%2Fb%00',
    ]) {
      const { status, json } = await api.put(`actions/${name}`, undefined, { raw: '{' });
      assert.deepEqual([status, json['error']], [400, 'The name of the entity contains illegal characters.'], name);
    }
  });

  it('23.31 a blank inside a name works for every method', async () => {
    const created = await api.put('actions/a%20b', body);
    assert.deepEqual([created.status, created.json['name']], [200, 'a b']);
    assert.equal((await api.get('actions/a%20b')).json['name'], 'a b');
    assert.equal((await api.post('actions/a%20b?blocking=true&result=true', { x: 1 })).text, '{"x":1}');
    assert.equal((await api.delete('actions/a%20b')).status, 200);
  });

  it('23.33 the other legal characters', async () => {
    const { status, json } = await api.put('actions/a-b.c@d%26e', body);
    assert.deepEqual([status, json['name']], [200, 'a-b.c@d&e']);
    for (const name of ['_', '9lives', '__proto__', 'constructor', 'toString']) {
      assert.equal((await api.put(`actions/${name}`, body)).json['name'], name);
      assert.equal((await api.get(`actions/${name}`)).json['name'], name);
    }
  });

  it('23.34 case is significant', async () => {
    await api.put('actions/FOO', { ...body, parameters: [{ key: 'p', value: 1 }] });
    await api.put('actions/foo', body);
    assert.deepEqual((await api.get('actions/foo')).json['parameters'], []);
    assert.equal((await api.get('actions/FOO')).json['name'], 'FOO');
  });

  it('23.35 23.119 a name of another collection is 409 for every method', async () => {
    const key = { namespace: 'ns', package: '', name: 'taken' };
    const put = { collection: 'triggers' as const, key, document: {}, summary: '{}', updated: 1 };
    await api.artifacts.commit([{ put, expected: 0 }]);
    for (const { status, json } of [
      await api.put('actions/taken', body),
      await api.put('actions/taken?overwrite=true', body),
      await api.get('actions/taken'),
      await api.delete('actions/taken'),
      await api.post('actions/taken', {}),
    ]) {
      assert.deepEqual([status, json['error']], [409, conformance]);
    }
  });

  it('an empty segment is no route', async () => {
    for (const path of ['actions//x', 'actions/p//x', '//api/v1/namespaces//actions']) {
      assert.equal((await api.get(path)).status, 404, path);
    }
  });

  it('RS-206 bad percent encodings and traversals are 400 or 404', async () => {
    for (const path of [
      'actions/%',
      'actions/%zz',
      'actions/%C0%AE',
      'actions/..%2f..%2fetc',
      'actions/%00',
      'actions/%2e%2e',
    ]) {
      const { status, json, headers } = await api.get(path);
      assert.ok(status === 400 || status === 404, `${path}: ${String(status)}`);
      assert.equal(json['code'], headers['x-request-id']);
    }
  });
});
