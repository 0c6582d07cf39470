import assert from 'node:assert/strict';
import {
  alice,
  basic,
  bob,
  ControllerUnderTest,
  type Json,
  type TestAnswer,
  textOf,
} from '../helpers/controller-under-test.js';
import { waitUntil } from '../helpers/wait-until.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };
const missing = 'The requested resource does not exist.';

describe('triggers', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest().start();
    await api.put('actions/echo', { exec, parameters: [{ key: 'own', value: 'action' }] });
  });
  after(() => api.dispose());

  const errorOf = ({ status, json }: TestAnswer): unknown[] => [status, json['error']];
  const rule = (name: string, trigger: string, action = 'echo'): Promise<TestAnswer> =>
    api.put(`rules/${name}`, { trigger: `/_/${trigger}`, action: `/_/${action}` });
  /** The record of a fire, as soon as it is there. */
  const recordOf = async (id: unknown): Promise<Json> => {
    const path = `activations/${textOf(id)}`;
    await waitUntil('the record of the fire is there', async () => (await api.get(path)).status === 200);
    return (await api.get(path)).json;
  };
  const entriesOf = (record: Json): Json[] =>
    Object.values(record['logs'] ?? {}).map((text) => JSON.parse(textOf(text)) as Json);

  it('23.185 a new trigger has no rules and empty limits', async () => {
    const { status, json } = await api.put('triggers/fresh', {});
    const { updated, ...others } = json;
    assert.equal(status, 200);
    assert.equal(typeof updated, 'number');
    const head = { namespace: 'ns', name: 'fresh', version: '0.0.1', publish: false };
    assert.deepEqual(others, { ...head, parameters: [], annotations: [], limits: {} });
    assert.deepEqual((await api.get('triggers/fresh')).json, json);
    assert.deepEqual(errorOf(await api.put('triggers/fresh', {})), [409, 'resource already exists']);
  });

  it('23.186 a body is needed, and must be an object of well-formed fields', async () => {
    assert.deepEqual(errorOf(await api.put('triggers/x', undefined)), [
      400,
      'Request entity expected but not supplied',
    ]);
    const malformed = 'The request content was malformed:\n';
    for (const [body, detail] of [
      [[], 'JSON object expected'],
      [{ parameters: { a: 1 } }, 'parameters malformed!'],
      [{ annotations: [{ key: 'a' }] }, 'parameters malformed!'],
      [{ version: '0.0.0' }, 'semantic version malformed'],
      [{ publish: 'yes' }, "'publish' must be a boolean"],
    ]) {
      assert.deepEqual(errorOf(await api.put('triggers/x', body)), [400, `${malformed}${textOf(detail)}`]);
    }
    assert.equal((await api.get('triggers/x')).status, 404);
  });

  it('23.187 the annotation feed is checked on creation only', async () => {
    const feed = (value: unknown): object => ({ annotations: [{ key: 'feed', value }] });
    for (const value of ['', 'a,b', '/', 'a//b', 7, null]) {
      assert.deepEqual(errorOf(await api.put('triggers/fed', feed(value))), [400, 'Feed name is not valid']);
    }
    for (const [at, value] of ['xyz', 'pkg/name', '/whisk.system/alarms/alarm'].entries()) {
      assert.equal((await api.put(`triggers/fed${textOf(at)}`, feed(value))).status, 200);
    }
    assert.equal((await api.put('triggers/fed0?overwrite=true', feed(''))).status, 200);
  });

  it('23.188 an update replaces given sets, counts the version up and keeps the rules', async () => {
    await api.put('triggers/changing', {
      parameters: [{ key: 'a', value: 1 }],
      annotations: [{ key: 'x', value: 1 }],
    });
    await rule('keeps', 'changing');
    const annotations = [{ key: 'y', value: 2 }];
    const { json } = await api.put('triggers/changing?overwrite=true', { annotations });
    assert.deepEqual(json['annotations'], annotations);
    assert.deepEqual(json['parameters'], [{ key: 'a', value: 1 }]);
    assert.equal(json['version'], '0.0.2');
    assert.deepEqual(Object.keys((await api.get('triggers/changing')).json['rules'] ?? {}), ['ns/keeps']);
  });

  it('23.189 23.196 without an active rule a fire is 204 and leaves nothing', async () => {
    await api.put('triggers/idle', {});
    for (let times = 0; times < 2; times += 1) {
      const { status, text, headers } = await api.post('triggers/idle', { a: 1 });
      assert.deepEqual(
        [status, text, headers['content-type'], headers['content-length']],
        [204, '', undefined, undefined],
      );
      await rule('asleep', 'idle');
      await api.post('rules/asleep', { status: 'inactive' });
    }
    assert.equal((await api.get('activations?name=idle')).text, '[]');
    assert.deepEqual(await api.activations.open(), []);
  });

  it('23.190 23.198 a missing trigger is 404, a payload that is too large 413 before that', async () => {
    assert.deepEqual(errorOf(await api.post('triggers/none', {})), [404, missing]);
    assert.equal((await api.post('triggers/none', { a: 'x'.repeat(1_048_577) })).status, 413);
    assert.equal(
      (await api.post('triggers/fresh', [])).json['error'],
      'The request content was malformed:\nJSON object expected',
    );
    assert.deepEqual(errorOf(await api.post('triggers/echo', {}))[0], 409);
  });

  it('23.191 23.192 an active rule runs its action: parameters below headers below payload', async () => {
    await api.put('triggers/t', {
      parameters: [
        { key: 'a', value: 'trigger' },
        { key: 'b', value: 'trigger' },
        { key: '__ow_headers', value: 'trigger' },
      ],
    });
    await rule('r', 't');
    const { status, json, headers } = await api.post('triggers/t', { b: 'fire' }, { headers: { 'X-Test': 'Yes' } });
    assert.equal(status, 202);
    assert.match(textOf(json['activationId']), /^[0-9a-f]{32}$/);
    assert.deepEqual(Object.keys(json), ['activationId']);
    assert.equal(headers['x-openwhisk-activation-id'], json['activationId']);
    await recordOf(json['activationId']);
    const { content, identity } = api.invoker.messages.at(-1) ?? {};
    const { __ow_headers: shown, ...others } = content as unknown as Json;
    assert.deepEqual(others, { own: 'action', a: 'trigger', b: 'fire' });
    assert.deepEqual([shown?.['x-test'], shown?.['content-type']], ['Yes', 'application/json']);
    assert.equal(identity?.namespace, 'ns');
  });

  it('does not give the key of the caller to actions', async () => {
    await recordOf((await api.post('triggers/t')).json['activationId']);
    const text = JSON.stringify(api.invoker.messages.at(-1)?.content);
    assert.ok(!text.includes(basic(alice)) && !text.toLowerCase().includes('"authorization"'));
  });

  it('23.192 a payload may replace __ow_headers', async () => {
    await recordOf((await api.post('triggers/t', { __ow_headers: 1 })).json['activationId']);
    assert.equal((api.invoker.messages.at(-1)?.content as unknown as Json)['__ow_headers'], 1);
  });

  it('23.193 23.194 the record: payload only, no end, an entry for the rule; no cause on the action', async () => {
    const payload = '{"n":12345678901234567890,"__proto__":{"x":1.0}}';
    const fired = await api.post('triggers/t', undefined, { raw: payload, headers: { 'X-Request-ID': 'abc' } });
    const id = textOf(fired.json['activationId']);
    const record = await recordOf(id);
    const text = (await api.get(`activations/${id}`)).text;
    assert.ok(text.includes(`"response":{"status":"success","success":true,"result":${payload}}`));
    const absent = ['end', 'duration', 'cause'].filter((name) => Object.hasOwn(record, name));
    assert.deepEqual([absent, record['annotations'], record['version']], [[], [], '0.0.1']);
    assert.deepEqual([record['name'], record['namespace'], record['subject']], ['t', 'ns', 'alice']);
    const [entry] = entriesOf(record);
    const { activationId, ...others } = entry ?? {};
    assert.deepEqual(others, { rule: 'ns/r', action: 'ns/echo', statusCode: 0, success: true });
    const action = (await api.get(`activations/${textOf(activationId)}`)).json;
    assert.deepEqual([action['name'], Object.hasOwn(action, 'cause')], ['echo', false]);
    assert.equal(api.invoker.messages.at(-1)?.transactionId, 'abc');
    const listed = (await api.get('activations?name=t&limit=1')).json[0] ?? {};
    assert.deepEqual([listed['activationId'], listed['statusCode'], listed['end']], [id, 0, undefined]);
  });

  it('23.195 an inactive rule beside an active one is mentioned', async () => {
    await api.put('triggers/mixed', {});
    await rule('on', 'mixed');
    await rule('off', 'mixed');
    await api.post('rules/off', { status: 'inactive' });
    const ran = api.invoker.messages.length;
    const entries = entriesOf(await recordOf((await api.post('triggers/mixed', {})).json['activationId']));
    assert.equal(api.invoker.messages.length, ran + 1);
    assert.deepEqual(
      entries.map((entry) => [entry['rule'], entry['success'], entry['statusCode'], entry['error']]),
      [
        ['ns/on', true, 0, undefined],
        ['ns/off', false, 1, "Rule 'ns/off' is inactive, action 'ns/echo' was not activated."],
      ],
    );
  });

  it('23.197 refusals are in the log of the fire: a deleted action, final parameters', async () => {
    await api.put('triggers/refused', { parameters: [{ key: 'own', value: 1 }] });
    const annotations = [{ key: 'final', value: true }];
    await api.put('actions/closed', { exec, annotations, parameters: [{ key: 'own', value: 1 }] });
    await api.put('actions/gone', { exec });
    await rule('toGone', 'refused', 'gone');
    await rule('toClosed', 'refused', 'closed');
    await api.delete('actions/gone');
    const { status, json } = await api.post('triggers/refused', {});
    assert.equal(status, 202);
    const reserved = 'Request defines parameters that are not allowed (e.g., reserved properties).';
    assert.deepEqual(
      entriesOf(await recordOf(json['activationId'])).map((entry) => [
        entry['success'],
        entry['statusCode'],
        entry['error'],
      ]),
      [
        [false, 1, missing],
        [false, 1, reserved],
      ],
    );
  });

  it('13.4 a failure of the platform is status code 3, and the fire itself is a success', async () => {
    await api.put('triggers/broken', {});
    await rule('breaks', 'broken');
    api.invoker.refusal = new Error('planted');
    const record = await recordOf((await api.post('triggers/broken', {})).json['activationId']);
    const [entry] = entriesOf(record);
    assert.deepEqual([entry?.['statusCode'], entry?.['error']], [3, 'There was an internal server error.']);
    assert.equal(record['response']?.['success'], true);
  });

  it('the fire is stored before it is answered, while its actions are still being started', async () => {
    await api.put('triggers/slow', {});
    await rule('slowly', 'slow');
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const accept = api.activations.accept.bind(api.activations);
    let accepted = 0;
    api.activations.accept = async (activation) => {
      accepted += 1;
      await accept(activation);
      if (accepted > 1) await held;
    };
    api.invoker.behaviours.set('echo', () => held.then(() => ({})));
    const id = textOf((await api.post('triggers/slow', {})).json['activationId']);
    const open = await api.activations.open();
    assert.ok(open.some(({ activationId, name }) => activationId === id && name === 'slow'));
    assert.equal((await api.get(`activations/${id}`)).status, 404);
    release();
    api.activations.accept = accept;
    api.invoker.behaviours.clear();
    await recordOf(id);
    await waitUntil('nothing is open', async () => (await api.activations.open()).length === 0);
  });

  it('23.199 rules are shown by GET, not by the list', async () => {
    const { json } = await api.get('triggers/t');
    assert.deepEqual(json['rules'], { 'ns/r': { action: { path: 'ns', name: 'echo' }, status: 'active' } });
    const listed = (await api.get('triggers?limit=200')).json;
    const keys = Object.keys(Object.values(listed).find(({ name }) => textOf(name) === 't') ?? {});
    assert.deepEqual(keys, ['namespace', 'name', 'version', 'publish', 'annotations', 'updated']);
  });

  it('23.200 triggers live in no package', async () => {
    for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
      const { status, json } = await api.send(method, 'triggers/t/x', {});
      assert.deepEqual([status, json['error']], [404, 'The requested resource could not be found.']);
    }
  });

  it('6.4 DELETE answers the trigger as it was; then it is gone', async () => {
    await api.put('triggers/shortlived', { parameters: [{ key: 'a', value: 1 }] });
    const { json } = await api.get('triggers/shortlived');
    assert.deepEqual((await api.delete('triggers/shortlived')).json, json);
    assert.deepEqual(errorOf(await api.delete('triggers/shortlived')), [404, missing]);
  });

  it('23.35 23.36 the name of a trigger is that of nothing else', async () => {
    for (const answer of [
      await api.put('actions/t', { exec }),
      await api.put('actions/t?overwrite=true', { exec }),
      await api.put('rules/t', { trigger: '/_/t', action: '/_/echo' }),
      await api.put('packages/t', {}),
      await api.get('rules/t'),
      await api.delete('packages/t'),
      await api.post('rules/t', { status: 'active' }),
    ]) {
      assert.deepEqual(errorOf(answer), [409, 'Resource by this name exists but is not in this collection.']);
    }
  });

  it('23.92 lists and counts have the texts of every collection', async () => {
    const { json } = await api.get('triggers?count=true');
    assert.equal(typeof json['triggers'], 'number');
    assert.equal((await api.get(`triggers?count=true&skip=${textOf(json['triggers'])}`)).text, '{"triggers":0}');
    assert.match(textOf((await api.get('triggers?limit=201')).json['error']), /range of 0 to 200 for triggers\.$/);
  });

  it('another namespace can do nothing with a trigger', async () => {
    for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
      for (const path of ['triggers/t', 'triggers/none', 'rules/r', 'rules/none']) {
        const { status } = await api.send(method, `//api/v1/namespaces/ns/${path}`, { as: bob, body: {} });
        assert.equal(status, 403);
      }
    }
    assert.equal((await api.get('//api/v1/namespaces/ns/triggers', { as: bob })).status, 403);
  });
});
