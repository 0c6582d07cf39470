import assert from 'node:assert/strict';
import { bob, ControllerUnderTest, type Json, type TestAnswer, textOf } from '../helpers/controller-under-test.js';
import { waitUntil } from '../helpers/wait-until.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };
const missing = 'The requested resource does not exist.';
const malformed = 'The request content was malformed:\n';

describe('rules', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest().start();
    await api.put('packages/p', {});
    await api.put('packages/bound', { binding: { namespace: '_', name: 'p' }, parameters: [{ key: 'b', value: 1 }] });
    for (const name of ['a', 'b', 'p/x']) await api.put(`actions/${name}`, { exec });
    for (const name of ['t', 'u']) await api.put(`triggers/${name}`, {});
  });
  after(() => api.dispose());

  const errorOf = ({ status, json }: TestAnswer): unknown[] => [status, json['error']];
  const put = (name: string, body: unknown, query = ''): Promise<TestAnswer> => api.put(`rules/${name}${query}`, body);
  const statusOf = async (name: string): Promise<unknown> => (await api.get(`rules/${name}`)).json['status'];
  const linksOf = async (trigger: string): Promise<Json> => (await api.get(`triggers/${trigger}`)).json['rules'] ?? {};
  const fire = async (trigger: string): Promise<Json[]> => {
    const { status, json } = await api.post(`triggers/${trigger}`, {});
    if (status === 204) return [];
    const path = `activations/${textOf(json['activationId'])}`;
    await waitUntil('the record of the fire is there', async () => (await api.get(path)).status === 200);
    return Object.values((await api.get(path)).json['logs'] ?? {}).map((text) => JSON.parse(textOf(text)) as Json);
  };

  it('23.201 a new rule is active, its trigger knows it', async () => {
    const { status, json } = await put('r', { trigger: '/_/t', action: '/_/a' });
    const { updated, ...others } = json;
    assert.equal(status, 200);
    assert.equal(typeof updated, 'number');
    assert.deepEqual(others, {
      namespace: 'ns',
      name: 'r',
      version: '0.0.1',
      publish: false,
      annotations: [],
      status: 'active',
      trigger: { path: 'ns', name: 't' },
      action: { path: 'ns', name: 'a' },
    });
    assert.deepEqual((await api.get('rules/r')).json, json);
    assert.deepEqual(await linksOf('t'), { 'ns/r': { action: { path: 'ns', name: 'a' }, status: 'active' } });
    assert.deepEqual(errorOf(await put('r', { trigger: '/_/t', action: '/_/a' })), [409, 'resource already exists']);
    assert.equal((await api.get('triggers/t')).json['version'], '0.0.1');
  });

  it('23.202 23.203 trigger and action must be given and exist, the trigger is told first', async () => {
    const cases: [object, string][] = [
      [{ trigger: '/_/none', action: '/_/a' }, 'trigger /ns/none does not exist'],
      [{ trigger: '/_/t', action: '/_/none' }, 'action /ns/none does not exist'],
      [{ trigger: '/_/none', action: '/_/none' }, 'trigger /ns/none does not exist'],
      [{ trigger: '/_/a', action: '/_/a' }, 'trigger /ns/a does not exist'],
      [{ trigger: '/_/t', action: '/_/t' }, 'action /ns/t does not exist'],
      [{ trigger: '/_/t', action: '/_/p/none' }, 'action /ns/p/none does not exist'],
      [{ trigger: '/_/t' }, 'rule requires a valid trigger and a valid action'],
      [{ action: '/_/a' }, 'rule requires a valid trigger and a valid action'],
      [{}, 'rule requires a valid trigger and a valid action'],
    ];
    for (const [body, text] of cases) assert.deepEqual(errorOf(await put('bad', body)), [400, text]);
    assert.equal((await api.get('rules/bad')).status, 404);
  });

  it('23.204 malformed names', async () => {
    const needed =
      'The fully qualified name of the entity must contain at least the namespace and the name of the entity.';
    for (const [trigger, detail] of [
      ['t', needed],
      ['', 'entity name malformed'],
      ['/_/t?', 'entity name malformed'],
      ['/a/b/c/d', 'entity name malformed'],
      [7, 'entity name malformed'],
      [null, 'entity name malformed'],
      [{ path: 'ns' }, 'entity name malformed'],
      [{ path: '', name: 't' }, needed],
    ]) {
      assert.deepEqual(errorOf(await put('bad', { trigger, action: '/_/a' })), [400, `${malformed}${textOf(detail)}`]);
    }
  });

  it('23.205 objects name trigger and action too', async () => {
    const body = { trigger: { path: '_', name: 't' }, action: { path: 'ns/p', name: 'x' } };
    const { status, json } = await put('byObject', body);
    assert.deepEqual([status, json['trigger'], json['action']], [200, { path: 'ns', name: 't' }, body.action]);
    await api.delete('rules/byObject');
  });

  it('23.206 the list has all but the status', async () => {
    const { json } = await api.get('rules');
    assert.deepEqual(Object.keys(json[0] ?? {}).sort(), [
      'action',
      'annotations',
      'name',
      'namespace',
      'publish',
      'trigger',
      'updated',
      'version',
    ]);
    assert.equal((await api.get('rules?count=true')).text, '{"rules":1}');
    assert.match(textOf((await api.get('rules?skip=-1')).json['error']), /or equal to 0 for rules\.$/);
  });

  it('23.207 disabling and enabling, each twice', async () => {
    for (const status of ['inactive', 'active']) {
      for (let times = 0; times < 2; times += 1) {
        const answer = await api.post('rules/r', { status });
        assert.deepEqual([answer.status, answer.text], [200, 'OK']);
        assert.equal(await statusOf('r'), status);
      }
      assert.equal((await fire('t')).length, status === 'active' ? 1 : 0);
    }
  });

  it('23.208 23.209 a bad status is refused before the rule is looked for', async () => {
    for (const name of ['r', 'none']) {
      assert.equal((await api.post(`rules/${name}`)).json['error'], 'Request entity expected but not supplied');
      for (const body of [{}, [], { status: 'ACTIVE' }, { status: 'x' }, { status: null }, { status: 7 }]) {
        const { status, json } = await api.post(`rules/${name}`, body);
        assert.equal(status, 400);
        assert.ok(textOf(json['error']).startsWith(malformed));
      }
      const { json } = await api.post(`rules/${name}`, { status: 'x' });
      assert.equal(json['error'], `${malformed}x is not a recognized rule state`);
    }
    assert.deepEqual(errorOf(await api.post('rules/none', { status: 'active' })), [404, missing]);
    assert.equal(await statusOf('r'), 'active');
  });

  it('23.210 a rule without its trigger is inactive; with a new one it can be enabled again', async () => {
    await api.put('triggers/leaving', {});
    await put('left', { trigger: '/_/leaving', action: '/_/a' });
    await api.delete('triggers/leaving');
    assert.equal(await statusOf('left'), 'inactive');
    const { json } = await api.post('rules/left', { status: 'active' });
    assert.equal(json['error'], 'Only rules with existing triggers can be activated');
    assert.equal((await api.post('rules/left', { status: 'inactive' })).text, 'OK');
    await api.put('actions/leaving', { exec });
    assert.equal((await api.post('rules/left', { status: 'active' })).status, 404);
    await api.delete('actions/leaving');
    await api.put('triggers/leaving', {});
    assert.equal(await statusOf('left'), 'inactive');
    assert.equal((await api.post('rules/left', { status: 'active' })).text, 'OK');
    assert.equal((await fire('leaving')).length, 1);
    await api.delete('triggers/leaving');
    assert.deepEqual((await api.delete('rules/left')).json['status'], 'inactive');
  });

  it('23.211 an empty update counts the version up and keeps the status', async () => {
    await put('kept', { trigger: '/_/t', action: '/_/a', annotations: [{ key: 'x', value: 1 }] });
    for (const status of ['active', 'inactive']) {
      await api.post('rules/kept', { status });
      const { json } = await put('kept', {}, '?overwrite=true');
      assert.deepEqual([json['status'], json['annotations']], [status, [{ key: 'x', value: 1 }]]);
    }
    assert.equal((await put('kept', {}, '?overwrite=true')).json['version'], '0.0.4');
    assert.deepEqual((await put('kept', { annotations: [] }, '?overwrite=true')).json['annotations'], []);
    await api.delete('rules/kept');
  });

  it('23.212 an update to another trigger takes the link along', async () => {
    await put('moving', { trigger: '/_/u', action: '/_/a' });
    await api.post('rules/moving', { status: 'inactive' });
    await put('moving', { trigger: '/_/t', action: '/_/b' }, '?overwrite=true');
    assert.deepEqual(await linksOf('u'), {});
    assert.deepEqual((await linksOf('t'))['ns/moving'], { action: { path: 'ns', name: 'b' }, status: 'inactive' });
    await api.post('rules/moving', { status: 'active' });
    assert.equal((await api.post('triggers/u', {})).status, 204);
    assert.deepEqual(
      (await fire('t')).map((entry) => entry['action']),
      ['ns/a', 'ns/b'],
    );
    await api.delete('rules/moving');
  });

  it('23.213 an update looks at trigger and action again, named or not', async () => {
    await api.put('actions/short', { exec });
    await put('checked', { trigger: '/_/u', action: '/_/short' });
    const missingAction = 'action /ns/none does not exist';
    assert.deepEqual(errorOf(await put('checked', { action: '/_/none' }, '?overwrite=true')), [400, missingAction]);
    await api.delete('actions/short');
    const gone = 'action /ns/short does not exist';
    assert.deepEqual(errorOf(await put('checked', {}, '?overwrite=true')), [400, gone]);
    assert.equal((await api.post('rules/checked', { status: 'inactive' })).status, 200);
    assert.equal((await api.post('rules/checked', { status: 'active' })).status, 200);
    await api.delete('rules/checked');
  });

  it('23.214 DELETE of an active rule takes the link away', async () => {
    await put('dying', { trigger: '/_/u', action: '/_/a' });
    const { status, json } = await api.delete('rules/dying');
    assert.deepEqual([status, json['status'], json['name']], [200, 'inactive', 'dying']);
    assert.deepEqual((await api.get('triggers/u')).json['rules'], {});
    assert.deepEqual(errorOf(await api.delete('rules/dying')), [404, missing]);
  });

  it('23.215 actions in packages and through bindings run', async () => {
    await put('packaged', { trigger: '/_/u', action: '/_/p/x' });
    const { json } = await put('throughBinding', { trigger: '/_/u', action: '/_/bound/x' });
    assert.deepEqual(json['action'], { path: 'ns/bound', name: 'x' });
    const entries = await fire('u');
    assert.deepEqual(
      entries.map((entry) => [entry['action'], entry['success']]),
      [
        ['ns/p/x', true],
        ['ns/bound/x', true],
      ],
    );
    const through = api.invoker.messages.find(({ executable }) => executable.binding === 'ns/bound');
    assert.equal((through?.content as unknown as Json)['b'], 1);
    for (const name of ['packaged', 'throughBinding']) await api.delete(`rules/${name}`);
  });

  it('14.2 a rule can run a sequence', async () => {
    const components = ['/_/a', '/_/b'];
    await api.put('actions/seq', { exec: { kind: 'sequence', components } });
    await put('sequenced', { trigger: '/_/u', action: '/_/seq' });
    const [entry] = await fire('u');
    const path = `activations/${textOf(entry?.['activationId'])}`;
    await waitUntil('the record of the sequence is there', async () => (await api.get(path)).status === 200);
    const { json } = await api.get(path);
    assert.deepEqual([json['name'], Object.keys(json['logs'] ?? {}).length], ['seq', 2]);
    await api.delete('rules/sequenced');
  });

  it('23.216 an action in a missing package is 404', async () => {
    assert.deepEqual(errorOf(await put('bad', { trigger: '/_/t', action: '/_/none/x' })), [404, missing]);
  });

  it('4.3 triggers of others are out of reach, actions of others need a public package', async () => {
    const forbidden = (name: string): unknown[] => [
      403,
      `The supplied authentication is not authorized to access '${name}'.`,
    ];
    await api.put('triggers/theirs', {}, { as: bob });
    await api.put('packages/open', { publish: true }, { as: bob });
    for (const name of ['own', 'open/x']) await api.put(`actions/${name}`, { exec }, { as: bob });
    assert.deepEqual(
      errorOf(await put('bad', { trigger: '/other/theirs', action: '/_/a' })),
      forbidden('other/theirs'),
    );
    assert.deepEqual(errorOf(await put('bad', { trigger: '/_/t', action: '/other/own' })), forbidden('other/own'));
    assert.deepEqual(errorOf(await put('bad', { trigger: '/_/t', action: '/other/none/x' })), forbidden('other/none'));
    assert.equal((await put('shared', { trigger: '/_/u', action: '/other/open/x' })).status, 200);
    assert.equal((await fire('u'))[0]?.['success'], true);
    assert.equal(api.invoker.messages.at(-1)?.identity.namespace, 'ns');
    await api.put('packages/open?overwrite=true', { publish: false }, { as: bob });
    assert.equal((await fire('u'))[0]?.['error'], forbidden('other/open')[1]);
    await api.delete('rules/shared');
  });

  it('RS-106 rules that are attached to one trigger at the same time are all attached', async () => {
    await api.put('triggers/crowded', {});
    const names = Array.from({ length: 12 }, (_, at) => `crowd${textOf(at)}`);
    const answers = await Promise.all(names.map((name) => put(name, { trigger: '/_/crowded', action: '/_/a' })));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.deepEqual(Object.keys(await linksOf('crowded')).sort(), names.map((name) => `ns/${name}`).sort());
    assert.equal((await fire('crowded')).length, names.length);
    const update = api.put('triggers/crowded?overwrite=true', { parameters: [{ key: 'a', value: 1 }] });
    const gone = await Promise.all([update, ...names.map((name) => api.delete(`rules/${name}`))]);
    assert.deepEqual(new Set(gone.map(({ status }) => status)), new Set([200]));
    const { json } = await api.get('triggers/crowded');
    assert.deepEqual([json['rules'], json['parameters']], [{}, [{ key: 'a', value: 1 }]]);
  });
});
