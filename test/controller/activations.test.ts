import assert from 'node:assert/strict';
import { alice, bob, ControllerUnderTest, type Json, textOf } from '../helpers/controller-under-test.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };
const zeros = '0'.repeat(32);

describe('activations', () => {
  let api: ControllerUnderTest;
  const ids: string[] = [];
  before(async () => {
    let now = 1_000;
    const clock = { now: () => (now += 1_000), monotonic: () => 0, after: () => () => undefined };
    api = await new ControllerUnderTest({ clock }).start();
    const key = { namespace: 'ns', package: '', name: 'pkg' };
    const document = { publish: false, parameters: [], binding: {} };
    await api.artifacts.commit([
      { put: { collection: 'packages', key, document, summary: '{}', updated: 1 }, expected: 0 },
    ]);
    for (const name of ['echo', 'pkg/echo', 'other']) await api.put(`actions/${name}`, { exec });
    for (const name of ['echo', 'pkg/echo', 'other']) {
      const { json } = await api.post(`actions/${name}?blocking=true`, { n: name });
      ids.push(textOf(json['activationId']));
    }
  });
  after(() => api.dispose());

  const listed = async (query: string): Promise<unknown[]> => {
    const { status, json } = await api.get(`activations${query}`);
    assert.equal(status, 200);
    return Object.values(json).map((entry: Json) => entry['activationId']);
  };

  it('23.132 23.135 23.136 the record, its logs and its response', async () => {
    const id = ids[0] ?? '';
    const { json } = await api.get(`activations/${id}`);
    assert.equal(json['activationId'], id);
    assert.equal((await api.get(`activations/${id}/`)).status, 200);
    const logs = await api.get(`activations/${id}/logs`);
    assert.deepEqual(logs.json, { logs: json['logs'] });
    const response = await api.get(`activations/${id}/result`);
    assert.deepEqual(response.json, json['response']);
    assert.equal(response.json['logs'], undefined);
  });

  it('23.140 23.141 23.147 summaries or records, newest first', async () => {
    assert.deepEqual(await listed(''), [...ids].reverse());
    const { json } = await api.get('activations?limit=1');
    assert.equal(json[0]?.['logs'], undefined);
    assert.equal(json[0]?.['statusCode'], 0);
    const docs = await api.get('activations/?docs=true&limit=1');
    assert.deepEqual(docs.json[0]?.['response']?.['result'], { n: 'other' });
  });

  it('23.142 count, but not with docs', async () => {
    assert.equal((await api.get('activations?count=true')).text, '{"activations":3}');
    assert.equal((await api.get('activations?count=true&name=echo&skip=5')).text, '{"activations":0}');
    const { status, json } = await api.get('activations?count=true&docs=true');
    assert.deepEqual([status, json['error']], [400, "The parameter 'docs' is not permitted with 'count'."]);
  });

  it('23.143 23.145 the name filter', async () => {
    assert.deepEqual(await listed('?name=echo'), [ids[0]]);
    assert.deepEqual(await listed('?name=pkg/echo'), [ids[1]]);
    assert.deepEqual(await listed('?name='), [...ids].reverse());
    assert.deepEqual(await listed('?name=none'), []);
  });

  it('23.144 bad name filters', async () => {
    for (const name of ['a/b/c', 'a/', '/', '$']) {
      const { status, json } = await api.get(`activations?name=${encodeURIComponent(name)}`);
      assert.equal(status, 400);
      assert.equal(
        json['error'],
        `The query parameter 'name' was malformed:\nParameter may be a 'simple' name or 'package-name/simple' name: ${name}`,
      );
    }
  });

  it('23.146 since and upto are inclusive milliseconds', async () => {
    const { json } = await api.get(`activations/${ids[1] ?? ''}`);
    const start = textOf(json['start']);
    assert.deepEqual(await listed(`?since=${start}&upto=${start}`), [ids[1]]);
    assert.deepEqual(await listed(`?since=${start}`), [ids[2], ids[1]]);
    assert.deepEqual(await listed(`?upto=${start}`), [ids[1], ids[0]]);
    for (const name of ['since', 'upto']) {
      const answer = await api.get(`activations?${name}=yesterday`);
      assert.equal(answer.status, 400);
      assert.match(textOf(answer.json['error']), /Parameter is not a valid value for epoch seconds: yesterday$/);
    }
  });

  it('23.148 23.149 malformed ids', async () => {
    for (const length of [31, 33, 1]) {
      const { status, json } = await api.get(`activations/${'0'.repeat(length)}`);
      assert.deepEqual([status, json['error']], [400, `Activation id length is ${String(length)} but must be 32.`]);
    }
    for (const id of ['z'.repeat(32), 'A'.repeat(32)]) {
      assert.equal((await api.get(`activations/${id}`)).json['error'], 'The activation id is not valid.');
    }
  });

  it('23.150 unknown ids are 404', async () => {
    for (const path of [zeros, `${zeros}/logs`, `${zeros}/result`]) {
      const { status, json } = await api.get(`activations/${path}`);
      assert.deepEqual([status, json['error']], [404, 'The requested resource does not exist.']);
    }
  });

  it('23.151 other parts of a record are no routes', async () => {
    for (const path of [`${zeros}/bogus`, `${zeros}/logs/`, `${zeros}/result/`]) {
      assert.equal((await api.get(`activations/${path}`)).status, 404);
    }
  });

  it('23.152 activations are read only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      for (const path of ['activations', `activations/${zeros}`]) {
        assert.equal((await api.send(method, path, {})).status, 405);
      }
    }
  });

  it('23.153 activations of another namespace do not exist', async () => {
    assert.equal((await api.get(`activations/${ids[0] ?? ''}`, { as: bob })).status, 404);
    assert.equal((await api.get('//api/v1/namespaces/ns/activations', { as: bob })).status, 403);
    assert.equal((await api.get('//api/v1/namespaces/ns/activations', { as: alice })).status, 200);
  });

  it('numbers of a result keep their digits in every answer', async () => {
    const raw = '{"n":12345678901234567890,"f":1.0}';
    const { json } = await api.send('POST', 'actions/echo?blocking=true', { raw });
    const { text } = await api.get(`activations/${textOf(json['activationId'])}/result`);
    assert.ok(text.includes(raw), text);
  });
});
