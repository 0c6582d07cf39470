import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/lib/entity/json.js';
import { alice, bob, ControllerUnderTest, type TestAnswer } from '../helpers/controller-under-test.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };
const pair = (key: string, value: string): JsonObject => ({ key, value });

describe('actions in packages and through bindings', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest().start();
  });
  after(() => api.dispose());

  const store = (namespace: string, name: string, document: JsonObject): Promise<number[]> => {
    const key = { namespace, package: '', name };
    const full = { publish: false, parameters: [], binding: {}, ...document };
    return api.artifacts.commit([
      { put: { collection: 'packages', key, document: full, summary: '{}', updated: 1 }, expected: 0 },
    ]);
  };
  const result = (path: string, payload: unknown, as = alice): Promise<TestAnswer> =>
    api.post(`${path}?blocking=true&result=true`, payload, { as });
  const forbidden = (name: string): string => `The supplied authentication is not authorized to access '${name}'.`;

  it('a missing package is 404 for every method, before the body', async () => {
    for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
      const { status, json } = await api.send(method, 'actions/none/x', method === 'GET' ? {} : { raw: '{' });
      assert.deepEqual([status, json['error']], [404, 'The requested resource does not exist.']);
    }
    assert.equal((await api.get('actions/none/')).status, 404);
  });

  it('23.37 23.93 packaged actions are independent and listed with their package', async () => {
    await store('ns', 'p', { parameters: [pair('a', 'pkg'), pair('b', 'pkg')] });
    await api.put('actions/x', { exec });
    const { status, json } = await api.put('actions/p/x', { exec, parameters: [pair('b', 'action')] });
    assert.deepEqual([status, json['namespace'], json['name']], [200, 'ns/p', 'x']);
    assert.deepEqual(json['parameters'], [{ key: 'b', value: 'action' }]);
    const listed = await api.get('actions');
    assert.deepEqual([listed.json[0]?.['namespace'], listed.json[1]?.['namespace']], ['ns/p', 'ns']);
    assert.equal(Object.keys((await api.get('actions/p/')).json).length, 1);
    assert.equal((await api.get('actions/p/?count=true')).text, '{"actions":1}');
    assert.equal((await api.get('actions/p')).status, 409);
  });

  it('23.121 package parameters are below those of the action, and shown merged', async () => {
    assert.equal((await result('actions/p/x', { c: 'call' })).text, '{"a":"pkg","b":"action","c":"call"}');
    assert.deepEqual((await api.get('actions/p/x')).json['parameters'], [pair('a', 'pkg'), pair('b', 'action')]);
  });

  it('23.122 binding parameters are between package and action', async () => {
    await store('ns', 'bound', {
      binding: { namespace: 'ns', name: 'p' },
      parameters: [pair('a', 'binding'), pair('b', 'binding')],
    });
    assert.equal((await result('actions/bound/x', {})).text, '{"a":"binding","b":"action"}');
    assert.equal(api.invoker.messages.at(-1)?.executable.binding, 'ns/bound');
    const full = await api.get('actions/bound/x');
    assert.deepEqual([full.json['namespace'], full.json['binding']], ['ns/p', undefined]);
    assert.equal((await api.get('actions/bound/x?code=false')).json['binding'], 'ns/bound');
    assert.equal(Object.keys((await api.get('actions/bound/')).json).length, 1);
  });

  it('23.225 actions cannot be written through a binding', async () => {
    for (const answer of [await api.put('actions/bound/y', { exec }), await api.delete('actions/bound/x')]) {
      assert.deepEqual([answer.status, answer.json['error']], [400, 'Operation not permitted on package binding.']);
    }
  });

  it('23.22 a private package of another namespace is 403, whether it exists or not', async () => {
    await store('other', 'private', {});
    for (const name of ['private', 'none']) {
      for (const path of [`other/actions/${name}/x`, `other/actions/${name}/`]) {
        const { status, json } = await api.get(`//api/v1/namespaces/${path}`);
        assert.deepEqual([status, json['error']], [403, forbidden(`other/${name}`)]);
      }
    }
  });

  it('a public package of another namespace can be read and invoked, not written', async () => {
    await store('other', 'public', { publish: true, parameters: [pair('a', 'pkg')] });
    await api.put('actions/public/x', { exec }, { as: bob });
    const path = '//api/v1/namespaces/other/actions/public/x';
    assert.equal((await api.get(path)).status, 200);
    assert.equal(Object.keys((await api.get('//api/v1/namespaces/other/actions/public/')).json).length, 1);
    assert.equal((await result(path, { b: 1 })).text, '{"a":"pkg","b":1}');
    assert.equal(api.invoker.messages.at(-1)?.identity.namespace, 'ns');
    for (const answer of [await api.put(path, { exec }), await api.delete(path)]) {
      assert.deepEqual([answer.status, answer.json['error']], [403, forbidden('other/public')]);
    }
  });

  it('a binding to a package that was withdrawn is 403, to an own one that is gone 404', async () => {
    await store('ns', 'withdrawn', { binding: { namespace: 'other', name: 'private' } });
    await store('ns', 'gone', { binding: { namespace: 'ns', name: 'none' } });
    await store('ns', 'loop', { binding: { namespace: 'ns', name: 'bound' } });
    assert.equal((await api.get('actions/withdrawn/x')).json['error'], forbidden('other/private'));
    assert.equal((await api.get('actions/gone/x')).status, 404);
    const { status, json } = await api.get('actions/loop/x');
    assert.deepEqual([status, json['error']], [422, "Package binding 'loop' contains a circular reference."]);
  });

  it('an action is no package', async () => {
    assert.equal((await api.get('actions/x/y')).status, 409);
  });
});
