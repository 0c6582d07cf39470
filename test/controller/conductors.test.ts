import assert from 'node:assert/strict';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/lib/entity/json.js';
import { QueueFull } from '../../src/lib/invoker/invoker.js';
import { ControllerUnderTest, type Json, type TestAnswer, textOf } from '../helpers/controller-under-test.js';
import { waitUntil } from '../helpers/wait-until.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };

describe('conductors', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest().start();
    for (const name of ['inc', 'fail', 'list', 'slow']) await api.put(`actions/${name}`, { exec });
    api.invoker.behaviours.set('inc', (content) => ({ ...object(content), n: Number(object(content)['n'] ?? 0) + 1 }));
    api.invoker.behaviours.set('fail', () => ({ error: 'broken' }));
    api.invoker.behaviours.set('list', () => [1, 2]);
  });
  after(() => api.dispose());

  /** A conductor whose code is given. */
  const conductor = async (
    name: string,
    run: (content: JsonObject) => JsonValue,
    value: JsonValue = true,
  ): Promise<void> => {
    await api.put(`actions/${name}?overwrite=true`, { exec, annotations: [{ key: 'conductor', value }] });
    api.invoker.behaviours.set(name, (content) => run(object(content)));
  };
  /** A conductor that asks for one component and ends with all that it is given then. */
  const once = (name: string, asked: JsonObject): Promise<void> =>
    conductor(name, (content) =>
      Object.hasOwn(content, 'again') ? { params: content } : { state: { again: 1 }, ...asked },
    );
  const invoke = (name: string, payload: unknown = {}): Promise<TestAnswer> =>
    api.post(`actions/${name}?blocking=true`, payload);
  const resultOf = async (name: string, payload: unknown = {}): Promise<unknown> =>
    (await invoke(name, payload)).json['response']?.['result'];
  const idsOf = (json: Json): string[] => JSON.parse(JSON.stringify(json['logs'])) as string[];
  const annotation = (json: Json, key: string): unknown => {
    const pairs = JSON.parse(JSON.stringify(json['annotations'])) as { key: string; value: unknown }[];
    return pairs.find((pair) => pair.key === key)?.value;
  };

  it('23.174 without an action the composition ends with params or the whole result', async () => {
    await conductor('c', ({ given }) => given ?? {});
    assert.deepEqual(await resultOf('c', { given: { params: { x: 1 } } }), { x: 1 });
    assert.deepEqual(await resultOf('c', { given: { x: 1 } }), { x: 1 });
    const array = await invoke('c', { given: ['a'] });
    assert.deepEqual([array.status, array.text], [200, '["a"]']);
    const failed = await invoke('c', { given: { error: 'no', params: {} } });
    assert.deepEqual([failed.status, failed.json['response']?.['status']], [502, 'application error']);
  });

  it('23.175 the next run gets the result of the component and the state', async () => {
    await once('c', { action: 'inc', params: { n: 1 }, state: { again: 1, s: 1 } });
    assert.deepEqual(await resultOf('c'), { n: 2, again: 1, s: 1 });
  });

  it('23.176 one record for the composition, linked with those of all runs', async () => {
    await api.put('actions/inc?overwrite=true', { limits: { memory: 512 } });
    await once('c', { action: 'inc' });
    const { status, json, text } = await invoke('c');
    assert.equal(status, 200);
    assert.deepEqual(
      ['conductor', 'topmost', 'kind', 'path', 'causedBy'].map((key) => annotation(json, key)),
      [true, true, 'sequence', 'ns/c', undefined],
    );
    assert.deepEqual(annotation(json, 'limits'), { timeout: 60_000, memory: 512, logs: 10, concurrency: 1 });
    const runs = api.invoker.messages.slice(-3);
    assert.deepEqual(
      runs.map(({ executable }) => executable.action.name),
      ['c', 'inc', 'c'],
    );
    assert.deepEqual(
      idsOf(json),
      runs.map(({ activationId }) => activationId),
    );
    assert.ok(runs.every(({ cause, causedBySequence }) => cause === json['activationId'] && causedBySequence === true));
    assert.deepEqual([json['duration'], json['cause']], [3, undefined]);
    assert.equal((await api.get(`activations/${textOf(json['activationId'])}`)).text, text);
  });

  it('23.177 23.178 23.179 what cannot be run is told to the conductor', async () => {
    await api.artifacts.commit([
      {
        put: {
          collection: 'triggers',
          key: { namespace: 'ns', package: '', name: 'fired' },
          document: {},
          summary: '{}',
          updated: 1,
        },
        expected: 0,
      },
    ]);
    const errors: [JsonValue, string][] = [
      ['x', "Failed to resolve action with name 'ns/x' during composition."],
      ['/_/x', "Failed to resolve action with name 'ns/x' during composition."],
      ['nowhere/x', "Failed to resolve action with name 'ns/nowhere/x' during composition."],
      ['fired', "Failed to resolve action with name 'ns/fired' during composition."],
      [42, 'Failed to parse action name from json value 42 during composition.'],
      ['/x', 'Failed to parse action name from json value "/x" during composition.'],
      ['/other/x', "Failed entitlement check for action with name 'other/x' during composition."],
      ['/other/p/x', "Failed entitlement check for action with name 'other/p/x' during composition."],
    ];
    for (const [action, error] of errors) {
      await once('c', { action });
      const { status, json } = await invoke('c');
      // The last run gave its input as params, so that it did not fail itself.
      assert.deepEqual([status, json['response']?.['result']], [200, { error, again: 1 }]);
      assert.equal(idsOf(json).length, 2);
    }
  });

  it('23.180 params and state that are no objects are boxed', async () => {
    await once('c', { action: 'inc', params: 3 });
    await invoke('c');
    assert.deepEqual(api.invoker.messages.at(-2)?.content, { value: 3 });
    await conductor('c', (content) =>
      Object.hasOwn(content, 'state') ? { params: content } : { action: 'inc', state: 3 },
    );
    assert.deepEqual(await resultOf('c'), { n: 1, state: 3 });
  });

  it('23.181 the conductor may recover from the error of a component', async () => {
    await conductor('c', (content) =>
      content['error'] === undefined ? { action: 'fail' } : { was: content['error'] },
    );
    const { status, json } = await invoke('c');
    assert.deepEqual([status, json['response']?.['result']], [200, { was: 'broken' }]);
  });

  it('an array result is the input of the next run, boxed beside a state', async () => {
    await conductor('c', () => ({}));
    api.invoker.behaviours.set('c', (content) => (Array.isArray(content) ? { got: content } : { action: 'list' }));
    assert.deepEqual(await resultOf('c'), { got: [1, 2] });
    await once('c', { action: 'list' });
    assert.deepEqual(await resultOf('c'), { value: [1, 2], again: 1 });
  });

  it('23.182 ends after fifty components and 101 runs of the conductor', async () => {
    await conductor('c', () => ({ action: 'inc' }));
    const before = api.invoker.messages.length;
    const { status, json } = await invoke('c');
    assert.deepEqual([status, json['response']?.['status']], [502, 'application error']);
    assert.deepEqual(json['response']?.['result'], { error: 'Too many actions in the composition.' });
    assert.equal(api.invoker.messages.length - before, 151);
    assert.equal(idsOf(json).length, 151);
  });

  it('the conductor is told about the component that is one too many', async () => {
    await conductor('c', (content) =>
      content['error'] === undefined ? { action: 'inc', params: content } : { params: content },
    );
    const { status, json } = await invoke('c');
    assert.deepEqual([status, idsOf(json).length], [200, 102]);
    assert.deepEqual(json['response']?.['result'], { error: 'Too many actions in the composition.' });
  });

  it('23.183 an annotation that is not truthy makes an ordinary action', async () => {
    const given = { action: 'inc', params: { n: 1 }, state: {} };
    for (const value of ['', 0, false, null]) {
      await conductor('c', () => given, value);
      const { json } = await invoke('c');
      assert.deepEqual([json['response']?.['result'], annotation(json, 'topmost')], [given, undefined]);
    }
    for (const value of ['yes', 1, {}]) {
      await conductor('c', () => ({ params: { x: 1 } }), value);
      assert.deepEqual(await resultOf('c'), { x: 1 });
    }
  });

  it('23.184 a nested composition or sequence is one id with a record of its own', async () => {
    await once('inner', { action: 'inc' });
    await api.put('actions/seq', { exec: { kind: 'sequence', components: ['/_/inc', '/_/inner'] } });
    for (const [action, kind] of [
      ['inner', 3],
      ['seq', 2],
    ] as const) {
      await conductor('outer', (content) => (Object.hasOwn(content, 'n') ? { params: content } : { action }));
      const { json } = await invoke('outer');
      assert.equal(idsOf(json).length, 3);
      const nested = (await api.get(`activations/${idsOf(json)[1] ?? ''}`)).json;
      assert.deepEqual([nested['name'], nested['cause'], idsOf(nested).length], [action, json['activationId'], kind]);
      assert.deepEqual([annotation(nested, 'topmost'), annotation(nested, 'causedBy')], [false, 'sequence']);
    }
  });

  it('counts are shared with nested compositions, and mutual calls end', async () => {
    await conductor('self', () => ({ action: 'self' }));
    const before = api.invoker.messages.length;
    assert.equal((await invoke('self')).status, 502);
    assert.equal(api.invoker.messages.length - before, 101);
    await conductor('pong', () => ({ action: 'ping' }));
    await api.put('actions/ping', { exec: { kind: 'sequence', components: ['/_/pong'] } });
    const { status, json } = await invoke('pong');
    assert.deepEqual([status, json['response']?.['status']], [502, 'application error']);
    assert.equal(api.invoker.messages.length - before, 202);
  });

  it('a composition in a sequence counts as one and may end it', async () => {
    await once('inner', { action: 'inc' });
    await api.put('actions/around?overwrite=true', {
      exec: { kind: 'sequence', components: ['/_/inner', '/_/inc'] },
    });
    const { json } = await invoke('around');
    assert.deepEqual([json['response']?.['result'], idsOf(json).length], [{ n: 2, again: 1 }, 2]);
    await conductor('inner', () => ({ params: { error: 'told' } }));
    const stopped = (await invoke('around')).json;
    assert.deepEqual([stopped['response']?.['result'], idsOf(stopped).length], [{ error: 'told' }, 1]);
  });

  it('a fault of the platform ends the composition', async () => {
    await conductor('c', () => {
      api.invoker.refusal = new QueueFull(1, 1);
      return { action: 'inc' };
    });
    const { status, json } = await invoke('c');
    assert.deepEqual([status, json['response']?.['status']], [500, 'whisk internal error']);
    assert.deepEqual(json['response']?.['result'], { error: 'Activation failure during composition.' });
    assert.equal(idsOf(json).length, 1);
  });

  it('without waiting the id of the composition is answered at once', async () => {
    const waiting: ((value: JsonObject) => void)[] = [];
    api.invoker.behaviours.set('slow', () => new Promise((resolve) => waiting.push(resolve)));
    await once('c', { action: 'slow' });
    const { status, json } = await api.post('actions/c', {});
    assert.equal(status, 202);
    await waitUntil('the component runs', () => waiting.length > 0);
    const [open] = await api.activations.open();
    assert.equal(open?.activationId, json['activationId']);
    assert.equal(annotation(JSON.parse(open?.template ?? '') as Json, 'conductor'), true);
    waiting[0]?.({ done: 1 });
    await waitUntil('the composition ends', async () => (await api.activations.open()).length === 0);
    const { json: record } = await api.get(`activations/${textOf(json['activationId'])}`);
    assert.deepEqual(record['response']?.['result'], { done: 1, again: 1 });
  });
});

function object(content: JsonValue): JsonObject {
  return isJsonObject(content) ? content : {};
}
