import assert from 'node:assert/strict';
import { systemClock } from '../../src/lib/entity/clock.js';
import { type LimitsDocument, NamespaceLimitsBook } from '../../src/lib/entity/namespace-limits.js';
import { bob, ControllerUnderTest, textOf } from '../helpers/controller-under-test.js';
import { waitUntil } from '../helpers/wait-until.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };

/** A clock that stands still, so that the minute does not change meanwhile. */
const clock = { ...systemClock, now: () => 1_700_000_000_000 };

async function withLimits(document: LimitsDocument, check: (api: ControllerUnderTest) => Promise<void>): Promise<void> {
  const api = await new ControllerUnderTest({ limits: new NamespaceLimitsBook(document), clock }).start();
  try {
    await check(api);
  } finally {
    await api.dispose();
  }
}

describe('limits of single namespaces', () => {
  it('19.2 19.3 everybody reads what holds for his namespace, and lists and flags only when they are set', async () => {
    const document = {
      default: { firesPerMinute: 7 },
      namespaces: { ns: { maxActionMemory: 1024, allowedKinds: ['nodejs:20'], storeActivations: true } },
    };
    await withLimits(document, async (api) => {
      const own = (await api.get('limits')).json;
      assert.deepEqual([own['firesPerMinute'], own['maxActionMemory'], own['minActionMemory']], [7, 1024, 128]);
      assert.deepEqual([own['allowedKinds'], own['storeActivations']], [['nodejs:20'], true]);
      const others = (await api.get('limits', { as: bob })).json;
      assert.deepEqual([others['firesPerMinute'], others['maxActionMemory']], [7, 512]);
      assert.ok(!('allowedKinds' in others) && !('storeActivations' in others));
      const { limits } = (await api.get('//', { as: 'nobody' })).json;
      assert.equal(limits?.['triggers_per_minute'], 7);
      assert.equal(limits['default_max_action_memory'], 512 * 1_048_576);
      assert.equal(limits['max_action_memory'], 1024 * 1_048_576);
    });
  });

  it('19.2 19.3 an action may allow as many activations at a time in one container as its namespace may', async () => {
    await withLimits({ namespaces: { ns: { maxActionConcurrency: 100 } } }, async (api) => {
      const own = (await api.get('limits')).json;
      assert.deepEqual([own['minActionConcurrency'], own['maxActionConcurrency']], [1, 100]);
      const saved = await api.put('actions/shared', { exec, limits: { concurrency: 100 } });
      assert.deepEqual([saved.status, saved.json['limits']?.['concurrency']], [200, 100]);
      const text = 'concurrency 101 exceeds allowed threshold of 100';
      const refused = await api.put('actions/more', { exec, limits: { concurrency: 101 } });
      assert.ok(refused.status === 400 && textOf(refused.json['error']).includes(text), refused.text);
      assert.equal((await api.put('actions/a', { exec, limits: { concurrency: 2 } }, { as: bob })).status, 400);
    });
  });

  it('19.3 a namespace has its own bounds of memory and its own kinds', async () => {
    const document = { namespaces: { ns: { maxActionMemory: 1024, allowedKinds: ['nodejs:20', 'sequence'] } } };
    await withLimits(document, async (api) => {
      const large = { exec, limits: { memory: 1024 } };
      assert.equal((await api.put('actions/a', large)).status, 200);
      const text = 'requirement failed: memory size 1024 MB exceeds allowed threshold of 512 MB';
      const refused = await api.put('actions/a', large, { as: bob });
      assert.equal(refused.status, 400);
      assert.ok(textOf(refused.json['error']).endsWith(text));
      const python = { exec: { kind: 'python:3.11', code: '' } };
      const kind = "The supplied authentication is not authorized to access actions of kind 'python:3.11'.";
      const { status, json } = await api.put('actions/p', python);
      assert.deepEqual([status, json['error']], [403, kind]);
      assert.equal((await api.put('actions/p', python, { as: bob })).status, 200);
    });
  });

  it('19.3 a namespace whose rate is 0 is blocked, and no other', async () => {
    await withLimits({ namespaces: { ns: { invocationsPerMinute: 0 } } }, async (api) => {
      for (const as of [undefined, bob]) await api.put('actions/a', { exec }, as === undefined ? {} : { as });
      const { status, json } = await api.post('actions/a', {});
      assert.deepEqual([status, json['error']], [429, 'Too many requests in the last minute (count: 1, allowed: 0).']);
      assert.equal((await api.post('actions/a', {}, { as: bob })).status, 202);
      assert.equal((await api.get('actions/a')).status, 200);
    });
  });

  it('23.276 a call that is refused for its payload does not stay in flight', async () => {
    await withLimits({ default: { concurrentInvocations: 1 } }, async (api) => {
      const annotations = [{ key: 'final', value: true }];
      await api.put('actions/a', { exec, annotations, parameters: [{ key: 'x', value: 1 }] });
      for (let at = 0; at < 3; at += 1) {
        assert.equal((await api.post('actions/a', { x: 2 })).status, 400);
        assert.equal((await api.post('actions/a?blocking=true', { x: 2 })).status, 400);
      }
      assert.equal((await api.post('actions/a?blocking=true', {})).status, 200);
    });
  });

  it('23.276 of calls that come at once no more run than are allowed', async () => {
    await withLimits({ default: { concurrentInvocations: 3 } }, async (api) => {
      let end: () => void = () => undefined;
      const waiting = new Promise<void>((resolve) => (end = resolve));
      let most = 0;
      api.invoker.behaviours.set('slow', async () => {
        most = Math.max(most, api.invoker.inFlight);
        await waiting;
        return {};
      });
      await api.put('actions/slow', { exec });
      const refused: number[] = [];
      const calls = Array.from({ length: 20 }, async () => {
        const { status } = await api.post('actions/slow?blocking=true', {});
        if (status === 429) refused.push(status);
        return status;
      });
      await waitUntil('all others are refused', () => refused.length === 17);
      end();
      const statuses = await Promise.all(calls);
      assert.deepEqual([most, statuses.filter((status) => status === 200).length], [3, 3]);
    });
  });

  it('23.276 activations in flight beyond the limit are 429, until one has ended', async () => {
    await withLimits({ namespaces: { ns: { concurrentInvocations: 1 } } }, async (api) => {
      let end: (value: object) => void = () => undefined;
      const waiting = new Promise<object>((resolve) => (end = resolve));
      api.invoker.behaviours.set('slow', async () => ({ ...(await waiting) }));
      for (const as of [undefined, bob]) await api.put('actions/slow', { exec }, as === undefined ? {} : { as });
      const first = api.post('actions/slow?blocking=true&result=true', {});
      await waitUntil('it runs', () => Promise.resolve(api.invoker.inFlight === 1));
      const { status, json } = await api.post('actions/slow', {});
      const text = 'Too many concurrent requests in flight (count: 2, allowed: 1).';
      assert.deepEqual([status, json['error']], [429, text]);
      assert.equal((await api.post('actions/slow', {}, { as: bob })).status, 202);
      end({});
      assert.equal((await first).status, 200);
      assert.equal((await api.post('actions/slow?blocking=true', {})).status, 200);
    });
  });
});
