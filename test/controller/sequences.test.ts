import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/lib/entity/json.js';
import { ShuttingDown } from '../../src/lib/invoker/invoker.js';
import {
  alice,
  bob,
  ControllerUnderTest,
  type Json,
  type TestAnswer,
  textOf,
} from '../helpers/controller-under-test.js';
import { waitUntil } from '../helpers/wait-until.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };

describe('sequences', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest().start();
    for (const name of ['a', 'b', 'fail', 'slow', 'list']) await api.put(`actions/${name}`, { exec });
    api.invoker.behaviours.set('fail', () => ({ error: 'stop' }));
    api.invoker.behaviours.set('list', () => [1, 2]);
  });
  after(() => api.dispose());

  const define = (name: string, components: readonly string[], more: JsonObject = {}): Promise<TestAnswer> =>
    api.put(`actions/${name}?overwrite=true`, { exec: { kind: 'sequence', components }, ...more });
  const invoke = (name: string, payload: unknown = {}, as = alice): Promise<TestAnswer> =>
    api.post(`actions/${name}?blocking=true`, payload, { as });
  const refusal = async (answer: Promise<TestAnswer>): Promise<[number, string]> => {
    const { status, json } = await answer;
    return [status, textOf(json['error'])];
  };
  const idsOf = (json: Json): string[] => JSON.parse(JSON.stringify(json['logs'])) as string[];
  const annotation = (json: Json, key: string): unknown => {
    const pairs = JSON.parse(JSON.stringify(json['annotations'])) as { key: string; value: unknown }[];
    return pairs.find((pair) => pair.key === key)?.value;
  };
  const storePackage = (name: string, document: JsonObject): Promise<number[]> => {
    const key = { namespace: 'ns', package: '', name };
    const full = { publish: false, parameters: [], binding: {}, ...document };
    return api.artifacts.commit([
      { put: { collection: 'packages', key, document: full, summary: '{}', updated: 1 }, expected: 0 },
    ]);
  };

  describe('definition', () => {
    it('23.154 23.170 components in normal form, parameters that only list them', async () => {
      const { status, json } = await define('s', ['/_/a', 'ns/b'], { parameters: [{ key: 'lost', value: 1 }] });
      assert.equal(status, 200);
      assert.deepEqual(json['exec'], { kind: 'sequence', components: ['/ns/a', '/ns/b'] });
      assert.equal(annotation(json, 'exec'), 'sequence');
      assert.deepEqual(json['parameters'], [{ key: '_actions', value: ['/ns/a', '/ns/b'] }]);
      const updated = await api.put('actions/s?overwrite=true', { parameters: [{ key: 'lost', value: 1 }] });
      assert.deepEqual(updated.json['parameters'], json['parameters']);
    });

    it('23.155 23.156 refuses no component and one that does not exist', async () => {
      assert.deepEqual(await refusal(define('t', [])), [400, 'No component specified for the sequence.']);
      assert.deepEqual(await refusal(define('t', ['/_/a', '/_/no'])), [400, 'Sequence component does not exist.']);
      assert.deepEqual(await refusal(define('t', ['/_/t'])), [400, 'Sequence may not refer to itself.']);
    });

    it('a component in a missing package is 404, without a right 403 that names all of them', async () => {
      assert.deepEqual(await refusal(define('t', ['/_/no/a'])), [404, 'The requested resource does not exist.']);
      const text = "The supplied authentication is not authorized to access 'other/x, other/p/y'.";
      assert.deepEqual(await refusal(define('t', ['/other/x', '/_/a', '/other/p/y', '/other/x'])), [403, text]);
    });

    it('an existing action is reported before a fault of the components, after a missing right', async () => {
      const put = (components: readonly string[]): Promise<TestAnswer> =>
        api.put('actions/a', { exec: { kind: 'sequence', components } });
      for (const components of [['/_/no'], [], Array<string>(51).fill('/_/a')]) {
        assert.deepEqual(await refusal(put(components)), [409, 'resource already exists']);
      }
      assert.equal((await put(['/other/x'])).status, 403);
    });

    it('a component that is no action is 409', async () => {
      await storePackage('plain', {});
      const text = 'Resource by this name exists but is not in this collection.';
      assert.deepEqual(await refusal(define('t', ['/_/plain'])), [409, text]);
    });

    it('23.159 23.160 fifty actions at most, nested ones counted', async () => {
      const many = (amount: number, name = '/_/a'): string[] => Array<string>(amount).fill(name);
      const tooMany = [400, 'Too many actions in the sequence.'];
      assert.deepEqual(await refusal(define('t', many(51))), tooMany);
      assert.equal((await define('fifty', many(50))).status, 200);
      assert.equal((await define('s26', many(26))).status, 200);
      assert.deepEqual(await refusal(define('t', ['/_/s26', '/_/s26'])), tooMany);
      assert.equal((await define('s25', many(25))).status, 200);
      assert.equal((await define('t50', ['/_/s25', '/_/s25'])).status, 200);
    });

    it('23.161 no sequence contains itself: directly, nested or through a binding', async () => {
      const cyclic = [400, 'Sequence may not refer to itself.'];
      await api.put('actions/plain-action', { exec });
      await define('around', ['/_/plain-action']);
      assert.deepEqual(await refusal(define('plain-action', ['/_/plain-action'])), cyclic);
      assert.deepEqual(await refusal(define('plain-action', ['/_/around'])), cyclic);
      await storePackage('own', {});
      await storePackage('bound', { binding: { namespace: 'ns', name: 'own' } });
      await api.put('actions/own/x', { exec });
      assert.deepEqual(await refusal(define('own/x', ['/_/bound/x'])), cyclic);
    });

    it('23.169 becomes code without parameters, and code becomes a sequence', async () => {
      await define('change', ['/_/a']);
      const code = await api.put('actions/change?overwrite=true', { exec });
      assert.deepEqual([code.status, code.json['parameters']], [200, []]);
      await define('change', ['/_/a']);
      const given = [{ key: 'k', value: 1 }];
      const kept = await api.put('actions/change?overwrite=true', { exec, parameters: given });
      assert.deepEqual(kept.json['parameters'], given);
    });
  });

  describe('invocation', () => {
    it('23.162 23.163 hands results on and writes one record for all', async () => {
      await api.put('actions/b?overwrite=true', { parameters: [{ key: 'extra', value: 'b' }] });
      await define('s', ['/_/a', '/_/b']);
      const { status, json, text } = await invoke('s', { n: 5 });
      assert.equal(status, 200);
      assert.deepEqual(json['response']?.['result'], { extra: 'b', n: 5 });
      assert.deepEqual([json['name'], json['duration'], json['cause']], ['s', 2, undefined]);
      assert.deepEqual(
        ['kind', 'path', 'topmost', 'causedBy', 'timeout'].map((key) => annotation(json, key)),
        ['sequence', 'ns/s', true, undefined, undefined],
      );
      assert.deepEqual(annotation(json, 'limits'), { timeout: 60_000, memory: 256, logs: 10, concurrency: 1 });
      assert.equal(typeof annotation(json, 'waitTime'), 'number');
      assert.ok(Number(json['end']) - Number(json['start']) >= 2);
      assert.equal((await api.get(`activations/${textOf(json['activationId'])}`)).text, text);
      assert.deepEqual(
        idsOf(json),
        api.invoker.messages.slice(-2).map(({ activationId }) => activationId),
      );
    });

    it('23.164 components are caused by the sequence', async () => {
      const { json } = await invoke('s');
      const messages = api.invoker.messages.slice(-2);
      assert.deepEqual(
        messages.map(({ cause, causedBySequence }) => [cause, causedBySequence]),
        [
          [json['activationId'], true],
          [json['activationId'], true],
        ],
      );
    });

    it('limits.memory is the largest of the components', async () => {
      await api.put('actions/large', { exec, limits: { memory: 512 } });
      await define('inner', ['/_/large']);
      await define('s', ['/_/a', '/_/inner', '/_/a']);
      const { json } = await invoke('s');
      assert.deepEqual(annotation(json, 'limits'), { timeout: 60_000, memory: 512, logs: 10, concurrency: 1 });
    });

    it('23.165 23.166 an error of a component stops it, one of the payload does not', async () => {
      await define('s', ['/_/fail', '/_/a']);
      const { status, json } = await invoke('s', { error: 'given' });
      assert.equal(status, 502);
      assert.equal(idsOf(json).length, 1);
      assert.deepEqual(
        [json['response']?.['status'], json['response']?.['result']],
        ['application error', { error: 'stop' }],
      );
      const only = await api.post('actions/s?blocking=true&result=true', {});
      assert.deepEqual([only.status, only.text], [502, '{"error":"stop"}']);
    });

    it('23.167 a nested sequence has a record of its own', async () => {
      await define('inner', ['/_/a', '/_/a']);
      await define('outer', ['/_/inner', '/_/b']);
      const { json } = await invoke('outer');
      const [first = ''] = idsOf(json);
      assert.equal(idsOf(json).length, 2);
      const inner = (await api.get(`activations/${first}`)).json;
      assert.deepEqual([inner['name'], inner['cause'], idsOf(inner).length], ['inner', json['activationId'], 2]);
      assert.deepEqual([annotation(inner, 'topmost'), annotation(inner, 'causedBy')], [false, 'sequence']);
      assert.equal(json['duration'], 3);
    });

    it('23.168 a component that is gone ends it; what ran before is in the logs', async () => {
      await api.put('actions/gone', { exec });
      await define('s', ['/_/a', '/_/gone']);
      await define('only', ['/_/gone']);
      await api.delete('actions/gone');
      const { status, json } = await invoke('s');
      assert.deepEqual([status, idsOf(json).length], [502, 1]);
      assert.deepEqual(json['response']?.['result'], { error: 'Sequence component does not exist.' });
      const none = (await invoke('only')).json;
      assert.deepEqual([idsOf(none), annotation(none, 'limits'), none['duration']], [[], undefined, 0]);
    });

    it('a component replaced by a longer sequence: fifty actions run and no more', async () => {
      await api.put('actions/grown', { exec });
      await define('s', ['/_/grown', '/_/a']);
      await define('grown', Array<string>(50).fill('/_/a'));
      const before = api.invoker.messages.length;
      const { status, json } = await invoke('s');
      assert.deepEqual([status, api.invoker.messages.length - before], [502, 50]);
      assert.deepEqual(json['response']?.['result'], { error: 'Too many actions in the sequence.' });
    });

    it('23.171 23.172 merges the parameters of package, binding and component', async () => {
      await storePackage('p', { parameters: [{ key: 'from', value: 'package' }] });
      await storePackage('q', {
        binding: { namespace: 'ns', name: 'p' },
        parameters: [{ key: 'from', value: 'binding' }],
      });
      await api.put('actions/p/x', { exec, parameters: [{ key: 'own', value: 1 }] });
      await define('p/s', ['/_/p/x']);
      await define('through', ['/_/q/x']);
      const result = async (name: string): Promise<unknown> => (await invoke(name)).json['response']?.['result'];
      assert.deepEqual(await result('p/s'), { from: 'package', own: 1 });
      assert.deepEqual(await result('through'), { from: 'binding', own: 1 });
      const { json } = await invoke('q/s');
      assert.deepEqual([annotation(json, 'binding'), annotation(json, 'path')], ['ns/q', 'ns/p/s']);
      assert.equal((await api.get('activations?name=q/s&count=true')).text, '{"activations":1}');
    });

    it('23.173 an array goes to the next component as it is', async () => {
      await define('s', ['/_/list', '/_/b']);
      assert.equal((await invoke('s')).text, '[1,2]');
      assert.deepEqual(api.invoker.messages.at(-1)?.content, [1, 2]);
    });

    it('numbers keep their digits from component to component', async () => {
      await define('s', ['/_/a', '/_/b']);
      const raw = '{"n":12345678901234567890,"x":1.0}';
      const { text } = await api.send('POST', 'actions/s?blocking=true&result=true', { raw });
      assert.equal(text, '{"extra":"b","n":12345678901234567890,"x":1.0}');
    });

    it('a final component does not refuse the result before it', async () => {
      const parameters = [{ key: 'k', value: 'own' }];
      await api.put('actions/final', { exec, parameters, annotations: [{ key: 'final', value: true }] });
      await define('s', ['/_/a', '/_/final']);
      assert.deepEqual((await invoke('s', { k: 'given' })).json['response']?.['result'], { k: 'given' });
    });

    it('RS-102 RS-104 without waiting: accepted in the store until it ends', async () => {
      const waiting: ((value: JsonObject) => void)[] = [];
      api.invoker.behaviours.set('slow', () => new Promise((resolve) => waiting.push(resolve)));
      await define('s', ['/_/a', '/_/slow']);
      for (const path of ['actions/s', 'actions/s?blocking=true&timeout=20']) {
        const { status, json } = await api.post(path, {});
        assert.equal(status, 202);
        const open = await api.activations.open();
        assert.deepEqual(
          open.map(({ activationId }) => activationId),
          [json['activationId']],
        );
        const template = JSON.parse(open[0]?.template ?? '') as Json;
        assert.deepEqual([annotation(template, 'kind'), annotation(template, 'topmost')], ['sequence', true]);
        await waitUntil('the second component runs', () => waiting.length > 0);
        waiting.pop()?.({ done: true });
        await waitUntil('the sequence ends', async () => (await api.activations.open()).length === 0);
        const { json: record } = await api.get(`activations/${textOf(json['activationId'])}`);
        assert.deepEqual(record['response']?.['result'], { done: true });
      }
    });

    it('the platform stops between two components: whisk internal error with its own text', async () => {
      await define('s', ['/_/a', '/_/b']);
      api.invoker.behaviours.set('a', (content) => {
        api.invoker.refusal = new ShuttingDown();
        return content;
      });
      const { status, json } = await invoke('s');
      api.invoker.behaviours.set('a', () => {
        api.invoker.refusal = new Error('unexpected');
        return {};
      });
      const other = await invoke('s');
      api.invoker.behaviours.delete('a');
      assert.deepEqual([status, idsOf(json).length], [500, 1]);
      assert.deepEqual(json['response']?.['result'], {
        error: 'The platform stopped while this activation was running.',
      });
      assert.deepEqual(other.json['response']?.['result'], { error: 'Sequence failed.' });
    });
  });

  describe('rights', () => {
    it('a caller needs the right to every component at every invocation', async () => {
      await storePackage('public', { publish: true });
      await api.put('actions/public/x', { exec });
      await define('public/open', ['/_/public/x']);
      await define('public/hidden', ['/_/public/x', '/_/a']);
      await define('public/nested', ['/_/public/hidden']);
      const send = (name: string): Promise<TestAnswer> =>
        api.post(`//api/v1/namespaces/ns/actions/public/${name}?blocking=true`, {}, { as: bob });
      const open = await send('open');
      assert.deepEqual([open.status, open.json['namespace'], open.json['subject']], [200, 'other', 'bob']);
      const text = "The supplied authentication is not authorized to access 'ns/a'.";
      assert.deepEqual(await refusal(send('hidden')), [403, text]);
      const nested = await send('nested');
      assert.deepEqual([nested.status, nested.json['response']?.['result']], [502, { error: text }]);
    });
  });
});
