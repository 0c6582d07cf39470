import assert from 'node:assert/strict';
import { systemClock } from '../../src/lib/entity/clock.js';
import { NamespaceLimitsBook } from '../../src/lib/entity/namespace-limits.js';
import { ControllerUnderTest, textOf } from '../helpers/controller-under-test.js';
import { waitUntil } from '../helpers/wait-until.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };

/** A clock that stands still, so that the minute does not change meanwhile. */
const clock = { ...systemClock, now: () => 1_700_000_000_000 };

describe('fires beyond a limit', () => {
  it('23.275 19.4 fires per minute count for themselves, also without rules', async () => {
    const limits = new NamespaceLimitsBook({ default: { firesPerMinute: 2, invocationsPerMinute: 1 } });
    const api = await new ControllerUnderTest({ limits, clock }).start();
    try {
      await api.put('triggers/t', {});
      assert.equal((await api.post('triggers/t')).status, 204);
      assert.equal((await api.post('triggers/none')).status, 404);
      const { status, json } = await api.post('triggers/t');
      const text = 'Too many requests in the last minute (count: 3, allowed: 2).';
      assert.deepEqual([status, json['error']], [429, text]);
    } finally {
      await api.dispose();
    }
  });

  it('19.4 an invocation of a rule beyond the rate is an entry in the log', async () => {
    const limits = new NamespaceLimitsBook({ default: { invocationsPerMinute: 1 } });
    const api = await new ControllerUnderTest({ limits, clock }).start();
    try {
      await api.put('actions/a', { exec });
      await api.put('triggers/t', {});
      for (const name of ['one', 'two']) await api.put(`rules/${name}`, { trigger: '/_/t', action: '/_/a' });
      const id = textOf((await api.post('triggers/t')).json['activationId']);
      await waitUntil('the record is there', async () => (await api.get(`activations/${id}`)).status === 200);
      const { logs } = (await api.get(`activations/${id}`)).json;
      assert.match(textOf(logs?.[0]), /"success":true/);
      assert.match(
        textOf(logs?.[1]),
        /"statusCode":1,.*"Too many requests in the last minute \(count: 2, allowed: 1\)\."/,
      );
    } finally {
      await api.dispose();
    }
  });
});
