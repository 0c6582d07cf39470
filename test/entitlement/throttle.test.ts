import assert from 'node:assert/strict';
import { NamespaceLimitsBook } from '../../src/lib/entity/namespace-limits.js';
import { Throttle } from '../../src/lib/entitlement/throttle.js';
import { Rejection } from '../../src/lib/errors/rejection.js';

describe('Throttle', () => {
  let now = 0;
  const clock = { now: () => now, monotonic: () => 0, after: () => () => undefined };
  const limits = new NamespaceLimitsBook({ default: { invocationsPerMinute: 2, concurrentInvocations: 1 } });

  it('counts in windows of the clock minute, refused requests included', () => {
    const throttle = new Throttle({ clock, limits });
    now = 59_000;
    throttle.check('ns');
    throttle.check('ns');
    assert.throws(
      () => {
        throttle.check('ns');
      },
      new Rejection(429, 'Too many requests in the last minute (count: 3, allowed: 2).'),
    );
    throttle.check('other');
    now = 60_000;
    throttle.check('ns');
  });

  it('counts activations until they have settled, also badly', async () => {
    const throttle = new Throttle({ clock, limits });
    const running = throttle.during('ns', () => Promise.reject(new Error('on purpose')));
    assert.throws(
      () => {
        throttle.check('ns');
      },
      new Rejection(429, 'Too many concurrent requests in flight (count: 2, allowed: 1).'),
    );
    await assert.rejects(running);
    throttle.check('ns');
  });

  it('refuses nothing without limits', () => {
    const throttle = new Throttle({ clock, limits: new NamespaceLimitsBook() });
    for (let at = 0; at < 10_000; at += 1) throttle.check('ns');
  });
});
