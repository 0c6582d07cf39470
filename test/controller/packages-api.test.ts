import assert from 'node:assert/strict';
import {
  alice,
  bob,
  ControllerUnderTest,
  type Json,
  type TestAnswer,
  textOf,
} from '../helpers/controller-under-test.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };
const pair = (key: string, value: unknown): object => ({ key, value });
const conformance = 'Resource by this name exists but is not in this collection.';

describe('packages', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest().start();
    await api.put('packages/p', { parameters: [pair('a', 'p'), pair('b', 'p')] });
    await api.put('actions/p/x', { exec, parameters: [pair('own', 1)] });
  });
  after(() => api.dispose());

  const errorOf = ({ status, json }: TestAnswer): unknown[] => [status, json['error']];
  const forbidden = (name: string): unknown[] => [
    403,
    `The supplied authentication is not authorized to access '${name}'.`,
  ];
  const bind = (name: string, namespace: string, provider: string, query = ''): Promise<TestAnswer> =>
    api.put(`packages/${name}${query}`, { binding: { namespace, name: provider } });
  const namesOf = (list: Json | undefined): unknown[] => Object.values(list ?? {}).map((entry) => entry['name']);

  it('23.217 a new package, and what GET adds', async () => {
    const { status, json } = await api.put('packages/new', {});
    const { updated, ...others } = json;
    assert.equal(status, 200);
    assert.equal(typeof updated, 'number');
    const head = { namespace: 'ns', name: 'new', version: '0.0.1', publish: false };
    assert.deepEqual(others, { ...head, parameters: [], annotations: [], binding: {} });
    assert.deepEqual((await api.get('packages/new')).json, { ...json, actions: [], feeds: [] });
    assert.deepEqual(errorOf(await api.put('packages/new', {})), [409, 'resource already exists']);
    assert.deepEqual((await api.put('packages/none', { binding: {} })).json['binding'], {});
    await api.delete('packages/none');
  });

  it('23.218 the reserved name, after a malformed body', async () => {
    for (const query of ['', '?overwrite=true']) {
      const answer = await api.put(`packages/default${query}`, {});
      assert.deepEqual(errorOf(answer), [400, "Package name 'default' is reserved."]);
    }
    assert.match(textOf((await api.put('packages/default', { parameters: 1 })).json['error']), /malformed/);
    assert.equal((await api.get('packages/default')).status, 404);
  });

  it('malformed bodies', async () => {
    for (const [binding, detail] of [
      [7, "'binding' must be an object with the strings 'namespace' and 'name'"],
      [{ namespace: 'ns' }, "'binding' must be an object with the strings 'namespace' and 'name'"],
      [{ namespace: 'ns', name: 1 }, "'binding' must be an object with the strings 'namespace' and 'name'"],
      [{ namespace: 'ns', name: 'a/b' }, 'entity name malformed'],
      [{ namespace: 'n s ', name: 'p' }, 'entity name malformed'],
    ]) {
      const answer = await api.put('packages/bad', { binding });
      assert.deepEqual(errorOf(answer), [400, `The request content was malformed:\n${textOf(detail)}`]);
    }
    assert.equal((await api.put('packages/bad', undefined)).json['error'], 'Request entity expected but not supplied');
  });

  it('23.219 feeds and actions are shown apart', async () => {
    await api.put('packages/mixed', {});
    await api.put('actions/mixed/feed', { exec, annotations: [pair('feed', true)] });
    await api.put('actions/mixed/plain', { exec });
    const { json } = await api.get('packages/mixed');
    assert.deepEqual([namesOf(json['actions']), namesOf(json['feeds'])], [['plain'], ['feed']]);
    assert.deepEqual(Object.keys(json['actions']?.[0] ?? {}), ['name', 'version', 'annotations']);
  });

  it('23.220 23.221 the annotation binding is the server’s', async () => {
    const given = [pair('binding', 'lie'), pair('x', 1)];
    const plain = await api.put('packages/plain', { annotations: given });
    assert.deepEqual(plain.json['annotations'], [pair('x', 1)]);
    const binding = { namespace: 'ns', name: 'p' };
    for (const namespace of ['_', '']) {
      const { status, json } = await api.put('packages/b?overwrite=true', {
        binding: { namespace, name: 'p' },
        annotations: given,
        parameters: [pair('b', 'b'), pair('c', 'b')],
      });
      assert.deepEqual([status, json['binding']], [200, binding]);
      assert.deepEqual(json['annotations'], [pair('x', 1), pair('binding', binding)]);
      assert.deepEqual(json['parameters'], [pair('b', 'b'), pair('c', 'b')]);
    }
    const { json } = await api.put('packages/b?overwrite=true', { annotations: [] });
    assert.deepEqual([json['annotations'], json['binding']], [[pair('binding', binding)], binding]);
  });

  it('23.222 a binding is read with the parameters and the contents of its provider', async () => {
    const { json } = await api.get('packages/b');
    assert.deepEqual([json['name'], json['binding']], ['b', { namespace: 'ns', name: 'p' }]);
    assert.deepEqual(json['parameters'], [pair('a', 'p'), pair('b', 'b'), pair('c', 'b')]);
    assert.deepEqual(namesOf(json['actions']), ['x']);
    assert.deepEqual(await api.get('packages/p').then((answer) => answer.json['parameters']), [
      pair('a', 'p'),
      pair('b', 'p'),
    ]);
  });

  it('23.223 what cannot be bound to, or become a binding', async () => {
    await api.put('triggers/t', {});
    assert.deepEqual(errorOf(await bind('c', '_', 'none')), [400, 'Binding references a package that does not exist.']);
    assert.deepEqual(errorOf(await bind('c', '_', 't')), [409, 'Cannot bind to a resource that is not a package.']);
    assert.deepEqual(errorOf(await bind('c', '_', 'b')), [400, 'Cannot bind to another package binding.']);
    assert.deepEqual(errorOf(await bind('c', '_', 'c')), [400, 'Binding references a package that does not exist.']);
    assert.deepEqual(errorOf(await bind('b', '_', 'b', '?overwrite=true')), [
      400,
      'Cannot bind to another package binding.',
    ]);
    const converted = 'Resource is a package and cannot be converted into a binding.';
    assert.deepEqual(errorOf(await bind('p', '_', 'mixed', '?overwrite=true')), [409, converted]);
    assert.deepEqual(errorOf(await bind('p', '_', 'none', '?overwrite=true')), [409, converted]);
    assert.equal((await api.get('packages/c')).status, 404);
    assert.deepEqual((await bind('b', '_', 'mixed', '?overwrite=true')).json['binding'], {
      namespace: 'ns',
      name: 'mixed',
    });
    await bind('b', '_', 'p', '?overwrite=true');
  });

  it('23.224 a provider of another namespace must be public', async () => {
    await api.put('packages/theirs', {}, { as: bob });
    for (const name of ['theirs', 'none'])
      assert.deepEqual(errorOf(await bind('far', 'other', name)), forbidden(`other/${name}`));
    await api.put('packages/theirs?overwrite=true', { publish: true, parameters: [pair('k', 'other')] }, { as: bob });
    await api.put('actions/theirs/y', { exec }, { as: bob });
    assert.equal((await bind('far', 'other', 'theirs')).status, 200);
    const answer = await api.post('actions/far/y?blocking=true&result=true', { z: 1 });
    assert.equal(answer.text, '{"k":"other","z":1}');
    assert.deepEqual(namesOf((await api.get('packages/far')).json['actions']), ['y']);
    await api.put('packages/theirs?overwrite=true', { publish: false }, { as: bob });
    assert.deepEqual(errorOf(await api.get('packages/far')), forbidden('other/theirs'));
    assert.deepEqual(errorOf(await api.post('actions/far/y')), forbidden('other/theirs'));
    assert.equal((await api.delete('packages/far')).status, 200);
  });

  it('23.225 23.226 23.227 actions through a binding: invoked and listed, not written', async () => {
    for (const answer of [await api.put('actions/b/new', { exec }), await api.delete('actions/b/x')]) {
      assert.deepEqual(errorOf(answer), [400, 'Operation not permitted on package binding.']);
    }
    const { text } = await api.post('actions/b/x?blocking=true&result=true', { d: 1 });
    assert.equal(text, '{"a":"p","b":"b","c":"b","own":1,"d":1}');
    const { executable } = api.invoker.messages.at(-1) ?? {};
    assert.deepEqual([executable?.binding, executable?.action.namespace], ['ns/b', 'ns/p']);
    assert.deepEqual((await api.get('actions/b/')).json[0]?.['namespace'], 'ns/p');
    assert.equal((await api.get('activations?name=b/x&count=true')).text, '{"activations":1}');
    assert.equal((await api.get('activations?name=p/x&count=true')).text, '{"activations":0}');
  });

  it('23.228 a package is no action', async () => {
    for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
      const answer = await api.send(method, 'actions/p', method === 'PUT' ? { body: { exec } } : {});
      assert.deepEqual(errorOf(answer), [409, conformance]);
    }
    assert.deepEqual(errorOf(await api.get('packages/t')), [409, conformance]);
    assert.deepEqual(errorOf(await api.put('packages/t?overwrite=true', {})), [409, conformance]);
  });

  it('23.229 23.230 23.231 deleting what is not empty takes force, bindings go at once', async () => {
    await api.put('packages/full', {});
    const full = (n: number): unknown[] => [
      409,
      `Package not empty (contains ${textOf(n)} ${n === 1 ? 'entity' : 'entities'}). Set force param or delete package contents.`,
    ];
    for (const [at, name] of ['one', 'two'].entries()) {
      await api.put(`actions/full/${name}`, { exec });
      assert.deepEqual(errorOf(await api.delete('packages/full')), full(at + 1));
    }
    await bind('toFull', '_', 'full');
    const { status, json } = await api.delete('packages/toFull');
    assert.deepEqual([status, json['name'], Object.hasOwn(json, 'actions')], [200, 'toFull', false]);
    await bind('toFull', '_', 'full');
    assert.equal((await api.delete('packages/full?force=true')).json['name'], 'full');
    assert.equal((await api.get('actions/full/one')).status, 404);
    assert.deepEqual(
      await api.artifacts.list({ namespace: 'ns', collection: 'actions', package: 'full', limit: 9, skip: 0 }),
      [],
    );
    const missing = 'The requested resource does not exist.';
    assert.deepEqual(errorOf(await api.get('packages/toFull')), [404, missing]);
    assert.deepEqual(errorOf(await api.post('actions/toFull/one')), [404, missing]);
    assert.equal((await api.delete('packages/toFull')).status, 200);
    assert.equal((await api.delete('packages/p?force=maybe')).status, 400);
  });

  it('RS-106 an action is not created in a package that is deleted meanwhile', async () => {
    await api.put('packages/racing', {});
    const find = api.artifacts.find.bind(api.artifacts);
    api.artifacts.find = async (key) => {
      if (key.name !== 'x') return find(key);
      api.artifacts.find = find;
      assert.equal((await api.delete('packages/racing')).status, 200);
      return find(key);
    };
    const created = await api.put('actions/racing/x', { exec });
    assert.deepEqual(errorOf(created), [409, 'Concurrent modification to resource detected.']);
    assert.equal(await api.artifacts.count({ namespace: 'ns', collection: 'actions', package: 'racing' }), 0);
  });

  it('RS-106 a package is not deleted while an action is created in it; by force the action goes too', async () => {
    const count = api.artifacts.count.bind(api.artifacts);
    for (const [query, status] of [
      ['', 409],
      ['?force=true', 200],
    ] as const) {
      await api.put('packages/racing', {});
      api.artifacts.count = async (asked) => {
        const before = await count(asked);
        api.artifacts.count = count;
        assert.equal((await api.put('actions/racing/x?overwrite=true', { exec })).status, 200);
        return before;
      };
      assert.equal((await api.delete(`packages/racing${query}`)).status, status);
      const left = await api.artifacts.count({ namespace: 'ns', collection: 'actions', package: 'racing' });
      assert.equal(left, status === 409 ? 1 : 0);
    }
  });

  it('23.232 23.233 a missing package has two texts', async () => {
    const own = "The requested resource 'ns/none' does not exist.";
    assert.deepEqual(errorOf(await api.get('packages/none')), [404, own]);
    const missing = 'The requested resource does not exist.';
    assert.deepEqual(errorOf(await api.delete('packages/none')), [404, missing]);
    assert.deepEqual(errorOf(await api.put('actions/none/x', { exec })), [404, missing]);
  });

  it('23.234 packages are not invoked and live in no package', async () => {
    assert.equal((await api.post('packages/p', {})).status, 405);
    assert.equal((await api.get('packages/p/x')).status, 404);
  });

  it('23.235 23.24 others see public packages that are no bindings, and nothing of the rest', async () => {
    await api.put('packages/open', { publish: true });
    await api.put('packages/openToo', { publish: true });
    await api.put('packages/openBinding', { publish: true, binding: { namespace: '_', name: 'open' } });
    const path = '//api/v1/namespaces/ns/packages';
    assert.deepEqual(namesOf((await api.get(path, { as: bob })).json), ['openToo', 'open']);
    assert.deepEqual(namesOf((await api.get(`${path}/?skip=1&limit=1`, { as: bob })).json), ['open']);
    assert.equal((await api.get(`${path}?count=true`, { as: bob })).text, '{"packages":2}');
    assert.equal((await api.get(`${path}/open`, { as: bob })).status, 200);
    for (const name of ['p', 'none', 't']) {
      assert.deepEqual(errorOf(await api.get(`${path}/${name}`, { as: bob })), forbidden(`ns/${name}`));
    }
    for (const method of ['PUT', 'DELETE']) {
      const answer = await api.send(method, `${path}/open`, { as: bob, body: {} });
      assert.deepEqual(errorOf(answer), forbidden('ns/open'));
    }
    assert.equal((await api.get('//api/v1/namespaces/nobody/packages')).text, '[]');
  });

  it('23.236 an action of a public package runs in the namespace of its caller', async () => {
    await api.put('actions/open/x', { exec });
    const path = '//api/v1/namespaces/ns/actions/open/x';
    const { status, json } = await api.post(`${path}?blocking=true`, {}, { as: bob });
    assert.deepEqual([status, json['namespace']], [200, 'other']);
    const record = `activations/${textOf(json['activationId'])}`;
    assert.deepEqual([(await api.get(record, { as: bob })).status, (await api.get(record)).status], [200, 404]);
    assert.equal((await api.put(`${path}?overwrite=true`, {}, { as: bob })).status, 403);
  });

  it('23.237 an update replaces given sets and keeps the others', async () => {
    await api.put('packages/u', { parameters: [pair('a', 1)], annotations: [pair('x', 1)] });
    const { json } = await api.put('packages/u?overwrite=true', { parameters: [pair('b', 2)] });
    assert.deepEqual(
      [json['parameters'], json['annotations'], json['version']],
      [[pair('b', 2)], [pair('x', 1)], '0.0.2'],
    );
    const next = await api.put('packages/u?overwrite=true', { annotations: [pair('y', 2)], publish: true });
    assert.deepEqual([next.json['annotations'], next.json['publish']], [[pair('y', 2)], true]);
  });

  it('23.238 23.121 23.122 an action shows the merged parameters of package and binding', async () => {
    const shown = async (path: string): Promise<unknown> => (await api.get(path)).json['parameters'];
    assert.deepEqual(await shown('actions/p/x'), [pair('a', 'p'), pair('b', 'p'), pair('own', 1)]);
    assert.deepEqual(await shown('actions/b/x'), [pair('a', 'p'), pair('b', 'b'), pair('c', 'b'), pair('own', 1)]);
    await api.put('packages/p?overwrite=true', { parameters: [pair('a', 'changed')] });
    const { text } = await api.post('actions/b/x?blocking=true&result=true', { own: 2 });
    assert.equal(text, '{"a":"changed","b":"b","c":"b","own":2}');
  });

  it('23.96 public=true changes nothing in the list of packages', async () => {
    const all = await api.get('packages?limit=200');
    const asked = await api.get('packages?public=true&limit=200');
    assert.deepEqual([asked.status, asked.text], [200, all.text]);
    assert.ok(namesOf(all.json).includes('p'));
  });

  it('6.5 list records', async () => {
    const { json } = await api.get('packages?limit=200');
    const records = Object.values(json);
    const fields = ['namespace', 'name', 'version', 'publish', 'annotations', 'binding', 'updated'];
    assert.deepEqual(Object.keys(records[0] ?? {}), fields);
    const bindingOf = (name: string): unknown => records.find((record) => textOf(record['name']) === name)?.['binding'];
    assert.deepEqual([bindingOf('p'), bindingOf('b')], [false, { namespace: 'ns', name: 'p' }]);
    assert.equal((await api.get('packages', { as: alice })).status, 200);
    assert.match(textOf((await api.get('packages?limit=x')).json['error']), /is not an integer for packages\.$/);
  });
});
