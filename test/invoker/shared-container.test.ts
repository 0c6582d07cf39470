import assert from 'node:assert/strict';
import { type ActionLimits, defaultActionLimits } from '../../src/lib/entity/limits.js';
import type { FinishedActivation } from '../../src/lib/invoker/invoker.js';
import { answer } from '../helpers/fake-containers.js';
import { settle } from '../helpers/virtual-clock.js';
import { InvokerUnderTest, logsOf, sentValue, slow, states } from './invoker-under-test.js';

const limits = { ...defaultActionLimits, concurrency: 3 };

/** Activates an action that allows three activations at a time; each takes as many milliseconds as `ms` says. */
function activate(under: InvokerUnderTest, ms: number, more: Partial<ActionLimits> = {}): Promise<FinishedActivation> {
  return under.activate({ action: { limits: { ...limits, ...more } }, content: { ms } });
}

/** Runs take their time; each collection of logs gives one line and says how it was asked. */
function shared(): { under: InvokerUnderTest; asked: unknown[] } {
  const under = new InvokerUnderTest();
  const asked: unknown[] = [];
  under.factory.script.run = async ({ body }) => {
    await under.clock.sleep((sentValue(body).value as { ms: number }).ms);
    return answer('{}');
  };
  under.factory.script.collectLogs = (options) => {
    asked.push(options);
    return { lines: ['t stdout: mine'], truncated: false, complete: true };
  };
  return { under, asked };
}

describe('a container that runs several activations at a time (§1.8)', () => {
  it('AI-070 takes as many as the concurrency limit says, also while it is initialized, and then another one starts', async () => {
    const { under } = shared();
    under.factory.script.init = async () => {
      await under.clock.sleep(20);
      return answer('{}');
    };
    const all = [1, 2, 3, 4].map(() => activate(under, 10));
    await under.clock.advance(30);
    await Promise.all(all);
    assert.deepEqual(
      under.factory.containers.map(({ requests }) => requests.map(({ route }) => route)),
      [
        ['/init', '/run', '/run', '/run'],
        ['/init', '/run'],
      ],
    );
    assert.equal(under.factory.requests[0]?.environment.__OW_ALLOW_CONCURRENT, 'true');
  });

  it('AI-071 belongs to a kind that can do that: others run one at a time', async () => {
    const under = new InvokerUnderTest();
    slow(under, 10);
    const action = { limits, exec: { kind: 'python:3', binary: false } };
    const all = [under.activate({ action }), under.activate({ action })];
    await under.clock.advance(10);
    await Promise.all(all);
    assert.equal(under.factory.containers.length, 2);
    assert.equal(under.factory.requests[0]?.environment.__OW_ALLOW_CONCURRENT, undefined);
  });

  it('keeps the logs of an activation that was alone, and says of others why they have none', async () => {
    const { under, asked } = shared();
    const alone = activate(under, 10);
    await under.clock.advance(10);
    assert.deepEqual(logsOf(await alone), ['t stdout: mine']);
    const overlapping = [activate(under, 10), activate(under, 20)];
    await under.clock.advance(5);
    overlapping.push(activate(under, 30));
    await under.clock.advance(100);
    for (const one of await Promise.all(overlapping)) {
      assert.match(
        String(logsOf(one)),
        /^2023-11-\S+Z stderr: Logs are not collected while several activations share a container\.$/,
      );
    }
    assert.deepEqual(asked, [
      { limit: 10_485_760, developerError: false },
      { limit: 0, developerError: true },
    ]);
    const again = activate(under, 10);
    await under.clock.advance(10);
    assert.deepEqual(logsOf(await again), ['t stdout: mine']);
    assert.equal(under.factory.containers.length, 1);
  });

  it('AI-314 says nothing where the log limit is 0', async () => {
    const { under } = shared();
    const all = [activate(under, 10, { logs: 0 }), activate(under, 10, { logs: 0 })];
    await under.clock.advance(10);
    assert.deepEqual((await Promise.all(all)).map(logsOf), [[], []]);
  });

  it('does not count lines of one that begins while the logs of another one are collected', async () => {
    const { under } = shared();
    const first = activate(under, 10);
    let second: Promise<FinishedActivation> | undefined;
    under.factory.script.collectLogs = () => {
      second ??= activate(under, 10);
      return { lines: ['t stdout: whose?'], truncated: true, complete: true };
    };
    await under.clock.advance(30);
    for (const one of [await first, await second]) assert.match(String(one && logsOf(one)), /share a container/);
    assert.deepEqual(states(under), ['idle']);
  });

  it('AI-310 goes after a developer error, when the others in it have ended; new ones get another container', async () => {
    const { under } = shared();
    const { run } = under.factory.script;
    const ok = activate(under, 50);
    await settle();
    under.factory.script.run = () => answer('oops');
    const bad = await activate(under, 1);
    assert.equal(bad.statusCode, 2);
    under.factory.script.run = run;
    const fresh = activate(under, 10);
    await under.clock.advance(10);
    assert.equal((await fresh).statusCode, 0);
    assert.equal(under.factory.containers.length, 2);
    assert.equal(under.factory.containers[0]?.isDestroyed, false);
    await under.clock.advance(40);
    assert.equal((await ok).statusCode, 0);
    assert.equal(under.factory.containers[0].isDestroyed, true);
  });

  it('AI-311 gives all that it could not take to another container, each run once', async () => {
    const { under } = shared();
    const first = activate(under, 1);
    await under.clock.advance(1);
    await first;
    under.factory.containers[0]?.die(true);
    const all = [1, 2, 3].map(() => activate(under, 10));
    await under.clock.advance(100);
    for (const { statusCode } of await Promise.all(all)) assert.equal(statusCode, 0);
    assert.equal(await under.store.count({ namespace: 'guest' }), 4);
    assert.deepEqual(
      under.factory.containers.map(({ isDestroyed }) => isDestroyed),
      [true, false],
    );
  });

  it('ends all that wait for an initialization that fails with its error (§5.5)', async () => {
    const { under } = shared();
    under.factory.script.init = () => answer('{"error":"bad code"}', 502);
    const all = await Promise.all([1, 2, 3].map(() => activate(under, 1)));
    assert.deepEqual(
      all.map(({ result }) => result),
      Array.from({ length: 3 }, () => '{"error":"bad code"}'),
    );
    assert.equal(under.factory.containers.length, 1);
  });

  it('is never a stem cell, which was made for one activation at a time', async () => {
    const under = new InvokerUnderTest({ prewarm: [{ kind: 'nodejs:20', memory: 256, count: 1 }] });
    under.invoker.prewarm();
    await settle();
    await under.activate({ action: { limits } });
    assert.equal(under.factory.containers[0]?.requests.length, 0);
    assert.equal(under.factory.containers.length, 2);
  });
});
