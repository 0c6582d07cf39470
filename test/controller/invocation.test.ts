import assert from 'node:assert/strict';
import { NamespaceLimitsBook } from '../../src/lib/entity/namespace-limits.js';
import { Rejection } from '../../src/lib/errors/rejection.js';
import { QueueFull, ShuttingDown } from '../../src/lib/invoker/invoker.js';
import { alice, bob, ControllerUnderTest, type TestAnswer, textOf } from '../helpers/controller-under-test.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };
const malformed = (detail: string): string => `The request content was malformed:\n${detail}`;

describe('invocation', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest().start();
    for (const name of ['echo', 'list', 'fail', 'slow']) await api.put(`actions/${name}`, { exec });
    api.invoker.behaviours.set('list', () => ['a', { b: 1 }]);
    api.invoker.behaviours.set('fail', () => ({ error: { a: 1 } }));
  });
  after(() => api.dispose());

  const result = (name: string, payload?: unknown): Promise<TestAnswer> =>
    api.post(`actions/${name}?blocking=true&result=true`, payload);

  it('23.97 a non-blocking call is 202 with the id only', async () => {
    const { status, json, headers } = await api.post('actions/echo', { a: 1 });
    assert.equal(status, 202);
    assert.deepEqual(Object.keys(json), ['activationId']);
    assert.match(textOf(json['activationId']), /^[0-9a-f]{32}$/);
    assert.equal(headers['x-openwhisk-activation-id'], json['activationId']);
    assert.equal((await api.get(`activations/${textOf(json['activationId'])}`)).status, 200);
  });

  it('RS-102 what is answered with 202 is stored as accepted until it ends', async () => {
    const gate = gateOf();
    api.invoker.behaviours.set('slow', () => gate.promise.then(() => ({})));
    const { json } = await api.post('actions/slow', {});
    const open = await api.activations.open();
    assert.deepEqual(
      open.map(({ activationId }) => activationId),
      [json['activationId']],
    );
    assert.equal((await api.get(`activations/${textOf(json['activationId'])}`)).status, 404);
    gate.resolve(undefined);
    await ended(api, textOf(json['activationId']));
    assert.deepEqual(await api.activations.open(), []);
  });

  it('23.98 23.99 a blocking call answers the record that is stored', async () => {
    const { status, text, json } = await api.post('actions/echo?blocking=true', { a: 1 });
    assert.equal(status, 200);
    assert.deepEqual(json['response']?.['result'], { a: 1 });
    assert.equal(json['subject'], 'alice');
    assert.equal((await api.get(`activations/${textOf(json['activationId'])}`)).text, text);
  });

  it('23.100 23.102 result only; no body is an empty object', async () => {
    const { status, text, headers } = await result('echo', { a: 1 });
    assert.deepEqual([status, text], [200, '{"a":1}']);
    assert.match(headers['x-openwhisk-activation-id'] ?? '', /^[0-9a-f]{32}$/);
    assert.equal((await result('echo')).text, '{}');
    const empty = { raw: '', headers: { 'Content-Type': 'application/json' } };
    assert.equal((await api.send('POST', 'actions/echo?blocking=true&result=true', empty)).text, '{}');
  });

  it('RS-165 tells the caller of an accepted activation only when there is room; it is stored before', async () => {
    const gate = gateOf();
    const room = gateOf();
    api.invoker.behaviours.set('slow', () => gate.promise.then(() => ({})));
    api.invoker.crowd = room.promise.then(() => undefined);
    let isAnswered = false;
    const answer = api.post('actions/slow', {}).finally(() => {
      isAnswered = true;
    });
    while ((await api.activations.open()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(isAnswered, false);
    api.invoker.crowd = undefined;
    room.resolve(undefined);
    assert.equal((await answer).status, 202);
    gate.resolve(undefined);
  });

  it('23.101 result without blocking is 202', async () => {
    assert.equal((await api.post('actions/echo?result=true', {})).status, 202);
  });

  it('23.103 a payload that is no object is 400', async () => {
    for (const payload of [[], 'x', 7, null]) {
      const { status, json } = await result('echo', payload);
      assert.deepEqual([status, json['error']], [400, malformed('JSON object expected')]);
    }
    assert.equal((await api.send('POST', 'actions/echo', { raw: '{"a":' })).status, 400);
  });

  it('23.105 23.106 an error result is 502', async () => {
    const { status, text } = await result('fail', {});
    assert.deepEqual([status, text], [502, '{"error":{"a":1}}']);
    const record = await api.post('actions/fail?blocking=true', {});
    assert.deepEqual([record.status, record.json['response']?.['status']], [502, 'application error']);
  });

  it('23.111 an array result is the body in both forms', async () => {
    assert.equal((await result('list', {})).text, '["a",{"b":1}]');
    assert.equal((await api.post('actions/list?blocking=true', {})).text, '["a",{"b":1}]');
  });

  it('23.114 a call that waits too long is 202 and goes on', async () => {
    const gate = gateOf();
    api.invoker.behaviours.set('slow', () => gate.promise.then(() => ({ done: true })));
    const { status, json, headers } = await api.post('actions/slow?blocking=true&timeout=20', {});
    assert.deepEqual([status, Object.keys(json)], [202, ['activationId']]);
    assert.equal(headers['x-openwhisk-activation-id'], json['activationId']);
    assert.equal((await api.activations.open()).length, 1);
    gate.resolve(undefined);
    await ended(api, textOf(json['activationId']));
    const record = await api.get(`activations/${textOf(json['activationId'])}/result`);
    assert.deepEqual(record.json['result'], { done: true });
  });

  it('23.115 23.116 bad query parameters come before the body', async () => {
    for (const timeout of ['0', '60001', 'x', '-1', '1e3']) {
      const { status, json } = await api.send('POST', `actions/echo?timeout=${timeout}`, { raw: '{' });
      assert.deepEqual(
        [status, json['error']],
        [400, "The query parameter 'timeout' was malformed:\nTimeout must be number of milliseconds up to 60000."],
      );
    }
    assert.match(
      textOf((await api.post('actions/echo?blocking=maybe')).json['error']),
      /^The query parameter 'blocking'/,
    );
  });

  it('23.117 a payload of more than 1 MB is 413, also on a missing action', async () => {
    const raw = (size: number): string => `{"a":"${'x'.repeat(size - 8)}"}`;
    for (const name of ['echo', 'missing']) {
      const { status, json } = await api.send('POST', `actions/${name}`, { raw: raw(1_048_577) });
      assert.deepEqual([status, json['error']], [413, 'Request larger than allowed: 1048577 > 1048576 bytes.']);
    }
    assert.equal((await api.send('POST', 'actions/echo', { raw: raw(1_048_576) })).status, 202);
  });

  it('23.118 a missing action is 404', async () => {
    const { status, json } = await api.post('actions/missing', {});
    assert.deepEqual([status, json['error']], [404, 'The requested resource does not exist.']);
  });

  it('23.120 23.131 the payload wins over parameters, key by key', async () => {
    await api.put('actions/merged', {
      exec,
      parameters: [
        { key: 'a', value: { x: 1 } },
        { key: 'b', value: 1 },
      ],
    });
    assert.equal((await result('merged', { c: 2, a: { y: 2 } })).text, '{"a":{"y":2},"b":1,"c":2}');
    assert.equal((await result('merged', {})).text, '{"a":{"x":1},"b":1}');
  });

  it('23.123 23.124 final parameters cannot be overridden unless they are null', async () => {
    await api.put('actions/final', {
      exec,
      parameters: [
        { key: 'x', value: 1 },
        { key: 'n', value: null },
      ],
      annotations: [{ key: 'final', value: true }],
    });
    const { status, json } = await result('final', { x: 2 });
    assert.deepEqual(
      [status, json['error']],
      [400, 'Request defines parameters that are not allowed (e.g., reserved properties).'],
    );
    assert.equal((await result('final', { n: 2 })).text, '{"x":1,"n":2}');
  });

  it('23.125 init parameters go to the environment as text', async () => {
    await api.put('actions/init', {
      exec,
      parameters: [
        { key: 'S', value: 's', init: true },
        { key: 'O', value: { a: [1] }, init: true },
        { key: 'p', value: 1 },
      ],
    });
    assert.equal((await result('init', { S: null, q: 2 })).text, '{"p":1,"q":2}');
    assert.deepEqual(api.invoker.messages.at(-1)?.initEnvironment, { S: '', O: '{"a":[1]}' });
  });

  it('23.127 the message carries transaction id and activation id', async () => {
    const { headers } = await api.post('actions/echo', {}, { headers: { 'X-Request-ID': 'tid1' } });
    const message = api.invoker.messages.at(-1);
    assert.equal(message?.transactionId, 'tid1');
    assert.equal(message.activationId, headers['x-openwhisk-activation-id']);
    assert.equal(message.identity.namespace, 'ns');
  });

  it('23.128 UTF-8 survives', async () => {
    assert.equal((await result('echo', { text: '\u00e9\u{1f600}' })).text, '{"text":"\u00e9\u{1f600}"}');
  });

  it('23.129 an update is effective for the next invocation', async () => {
    await api.put('actions/changing', { exec });
    await result('changing');
    await api.put('actions/changing?overwrite=true', { parameters: [{ key: 'v', value: 2 }] });
    assert.equal((await result('changing')).text, '{"v":2}');
    const message = api.invoker.messages.at(-1);
    assert.equal(message?.executable.action.version, '0.0.2');
    assert.equal(await message.executable.code(), exec.code);
    await api.delete('actions/changing');
    assert.equal((await result('changing')).status, 404);
  });

  it('reads an action from the store once for many invocations', async () => {
    await result('echo');
    const before = api.artifacts.finds;
    for (let at = 0; at < 5; at += 1) await result('echo');
    assert.equal(api.artifacts.finds, before);
  });

  it('numbers and keys of the payload arrive as they were sent', async () => {
    const raw = '{"n":[1.0,1e2,12345678901234567890],"__proto__":{"x":1},"constructor":2}';
    const { text } = await api.send('POST', 'actions/echo?blocking=true&result=true', { raw });
    assert.equal(text, raw);
  });

  it('RS-165 a full queue is 429 and leaves no accepted activation', async () => {
    for (const query of ['', '?blocking=true']) {
      api.invoker.refusal = new QueueFull(1001, 1000);
      const { status, json } = await api.post(`actions/echo${query}`, {});
      assert.deepEqual(
        [status, json['error']],
        [429, 'Too many concurrent requests in flight (count: 1001, allowed: 1000).'],
      );
    }
    assert.deepEqual(await api.activations.open(), []);
  });

  it('a platform that stops answers 503', async () => {
    api.invoker.refusal = new ShuttingDown();
    const { status, json } = await api.post('actions/echo', {});
    assert.equal(status, 503);
    assert.match(textOf(json['error']), /^The server is currently unavailable/);
  });

  it('POST with another content type is 415, with none and a body too', async () => {
    const text = await api.send('POST', 'actions/echo', { raw: '{}', headers: { 'Content-Type': 'text/plain' } });
    assert.equal(text.status, 415);
    const zipped = { raw: '{}', headers: { 'Content-Encoding': 'gzip' } };
    assert.equal((await api.send('POST', 'actions/echo', zipped)).status, 415);
  });

  it('23.275 §19.4 rates are counted per namespace when they are configured', async () => {
    const limits = new NamespaceLimitsBook({ default: { invocationsPerMinute: 2 } });
    const fixed = { now: () => 90_000, monotonic: () => 0, after: () => () => undefined };
    const limited = await new ControllerUnderTest({ limits, clock: fixed }).start();
    try {
      const statuses = [];
      for (let at = 0; at < 3; at += 1) statuses.push((await limited.post('actions/missing', {})).status);
      assert.deepEqual(statuses, [404, 404, 429]);
      const { json } = await limited.post('actions/missing', {});
      assert.equal(json['error'], 'Too many requests in the last minute (count: 4, allowed: 2).');
      assert.equal((await limited.post('actions/missing', {}, { as: bob })).status, 404);
      assert.equal((await limited.get('limits')).json['invocationsPerMinute'], 2);
      assert.equal((await limited.get('//', { as: alice })).json['limits']?.['actions_per_minute'], 2);
    } finally {
      await limited.dispose();
    }
  });

  it('a refusal of the invoker keeps its status', async () => {
    api.invoker.refusal = new Rejection(418, 'short and stout');
    assert.equal((await api.post('actions/echo?blocking=true', {})).status, 418);
  });
});

interface Gate {
  readonly promise: Promise<unknown>;
  readonly resolve: (value: unknown) => void;
}

function gateOf(): Gate {
  let open: (value: unknown) => void = () => undefined;
  const promise = new Promise((resolve) => {
    open = resolve;
  });
  return { promise, resolve: open };
}

/** Waits until the record of an activation can be read. */
async function ended(api: ControllerUnderTest, activationId: string): Promise<void> {
  while ((await api.get(`activations/${activationId}`)).status !== 200);
}
