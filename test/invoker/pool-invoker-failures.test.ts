import assert from 'node:assert/strict';
import { ContainerCreationError } from '../../src/lib/containers/container-factory.js';
import { defaultActionLimits } from '../../src/lib/entity/limits.js';
import type { FinishedActivation } from '../../src/lib/invoker/invoker.js';
import { answer } from '../helpers/fake-containers.js';
import { settle } from '../helpers/virtual-clock.js';
import { annotation, InvokerUnderTest, logsOf, sentValue, states } from './invoker-under-test.js';

describe('PoolInvoker, when something fails', () => {
  it('AI-310 a developer error, truncated logs, lost logs: container not reused, result kept', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.run = () => answer('oops');
    await under.activateFor(0);
    assert.deepEqual(states(under), []);
    under.factory.script.run = () => answer('{"fine":1}');
    under.factory.script.collectLogs = () => ({ lines: ['cut'], truncated: true, complete: true });
    assert.equal((await under.activateFor(0)).result, '{"fine":1}');
    assert.deepEqual(states(under), []);
    under.factory.script.collectLogs = () => ({ lines: [], truncated: false, complete: false });
    assert.equal((await under.activateFor(0)).statusCode, 0);
    assert.deepEqual(states(under), []);
    under.factory.script.collectLogs = () => {
      throw new Error('pipe is gone');
    };
    assert.equal((await under.activateFor(0)).statusCode, 0);
    assert.deepEqual(states(under), []);
    assert.equal(under.factory.containers.length, 4);
  });

  it("AI-311 a warm container killed behind the invoker's back: the next invocation succeeds on a new one, recorded once", async () => {
    const under = new InvokerUnderTest();
    await under.activate();
    under.factory.containers[0]?.die(true);
    const finished = await under.activate();
    assert.equal(finished.statusCode, 0);
    assert.equal(annotation(finished, 'initTime'), 0);
    assert.equal(await under.store.count({ namespace: 'guest' }), 2);
    assert.equal(under.factory.living.length, 1);
  });

  it('removes an idle container as soon as it ends by itself (RS-131)', async () => {
    const under = new InvokerUnderTest();
    await under.activate();
    under.factory.containers[0]?.die();
    await settle();
    assert.deepEqual(states(under), []);
  });

  it('tries three containers and not more (RS-131)', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.init = () => ({ type: 'unreachable' });
    const { statusCode, result } = await under.activate();
    assert.equal(under.factory.containers.length, 3);
    assert.equal(statusCode, 2);
    assert.equal(result, '{"error":"The action did not initialize and exited unexpectedly."}');
  });

  it('moves a job that is answered 503, and records the last one', async () => {
    const under = new InvokerUnderTest();
    let left = 1;
    under.factory.script.run = () => (left-- > 0 ? answer('', 503) : answer('{"ok":1}'));
    assert.equal((await under.activate()).result, '{"ok":1}');
    assert.equal(under.factory.containers.length, 2);
    left = 5;
    const { statusCode } = await under.activate();
    assert.equal(statusCode, 2);
    await settle();
    assert.deepEqual(states(under), []);
  });

  it('does not repeat the initialization of an action that ends its runtime after it', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.init = ({ container }) => {
      queueMicrotask(() => {
        container.die();
      });
      return answer('{"OK":true}');
    };
    const { result } = await under.activate();
    assert.match(result, /did not (produce a valid response|initialize) and exited unexpectedly/);
    assert.equal(under.factory.containers.length, 1);
  });

  it('AI-312 time limit in run and in init: texts, container gone, deadline = start + limit', async () => {
    const under = new InvokerUnderTest();
    const limits = { ...defaultActionLimits, timeout: 300 };
    under.factory.script.run = async ({ bounds }) => {
      await under.clock.sleep(bounds.timeout);
      return { type: 'timeout' };
    };
    const start = under.clock.now();
    const late = await under.activateFor(300, { action: { limits } });
    assert.equal(late.result, '{"error":"The action exceeded its time limits of 300 milliseconds."}');
    assert.equal(annotation(late, 'timeout'), true);
    assert.equal(late.duration, 300);
    const sent = under.factory.containers[0]?.requests[1];
    assert.equal(sentValue(sent?.body).deadline, String(start + 300));
    assert.equal(sent?.bounds.timeout, 300);
    assert.deepEqual(states(under), []);

    under.factory.script.init = under.factory.script.run;
    const lateInit = await under.activateFor(300, { name: 'other', action: { limits } });
    const text = 'The action exceeded its time limits of 300 milliseconds during initialization.';
    assert.equal(lateInit.result, `{"error":"${text}"}`);
    assert.equal(annotation(lateInit, 'initTime'), 300);
    assert.deepEqual(states(under), []);
  });

  it('AI-313 an answer above the limit is an application error with the truncated text', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.run = () => ({ type: 'answer', status: 200, body: '{"a":1', cutFrom: 5_242_880 });
    const finished = await under.activate();
    assert.equal(finished.statusCode, 1);
    assert.match(finished.result, /allowed length: 5242880 > 1048576 bytes. The truncated response was: {\\"a\\":1"/);
    assert.equal(under.factory.containers[0]?.requests[1]?.bounds.responseLimit, 1_048_576);
    assert.deepEqual(states(under), ['idle']);
  });

  it('AI-315 AI-316 logs that are incomplete end the container and keep the result; an image without end marks keeps both', async () => {
    const under = new InvokerUnderTest();
    const line = 't stderr: There was an issue while collecting your logs. Data might be missing.';
    under.factory.script.run = () => answer('{"fine":1}');
    under.factory.script.collectLogs = () => ({ lines: [line], truncated: false, complete: false });
    const managed = await under.activateFor(0);
    assert.deepEqual([managed.statusCode, managed.result, logsOf(managed)], [0, '{"fine":1}', [line]]);
    assert.deepEqual(states(under), []);
    under.factory.script.collectLogs = () => ({ lines: ['t stdout: so far'], truncated: false, complete: true });
    const exec = { kind: 'blackbox', image: 'me/mine', binary: false } as const;
    const blackbox = await under.activateFor(0, { action: { exec } });
    assert.deepEqual(logsOf(blackbox), ['t stdout: so far']);
    assert.deepEqual(states(under), ['idle']);
  });

  it('AI-320 memory above the limit: memory text', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.run = () => ({ type: 'lost', outOfMemory: true });
    const { statusCode, result } = await under.activate();
    assert.equal(statusCode, 2);
    assert.equal(result, '{"error":"The action exhausted its memory and was aborted."}');
  });

  it('AI-321 image cannot be pulled, command not found, runtime missing: texts by fault, no container left', async () => {
    const under = new InvokerUnderTest();
    const fails = async (error: Error): Promise<FinishedActivation> => {
      under.factory.script.create = () => Promise.reject(error);
      return under.activate();
    };
    const pull = await fails(new ContainerCreationError('developer', "Failed to pull container image 'x'."));
    assert.equal(pull.statusCode, 2);
    assert.equal(pull.result, `{"error":"Failed to pull container image 'x'."}`);
    assert.deepEqual(logsOf(pull), []);
    const missing = await fails(new ContainerCreationError('platform', 'python3 was not found; install it.'));
    assert.equal(missing.statusCode, 3);
    assert.match(missing.result, /Failed to provision resources to run the action. python3 was not found; install it./);
    assert.equal((await fails(new TypeError('bug'))).statusCode, 3);
    assert.deepEqual(states(under), []);
    assert.ok(under.logged.some((line) => line.includes('guest/hello could not be created')));
  });

  it('records an action that was deleted or cannot be read (§1.6), and an unknown kind', async () => {
    const under = new InvokerUnderTest();
    const deleted = await under.activate({ executable: { code: () => Promise.resolve(undefined) } });
    assert.equal(deleted.statusCode, 1);
    assert.equal(deleted.result, '{"error":"Action could not be found or may have been deleted."}');
    const unread = await under.activate({ executable: { code: () => Promise.reject(new Error('disk')) } });
    assert.equal(unread.statusCode, 3);
    assert.equal(unread.result, '{"error":"Action could not be fetched."}');
    const unknown = await under.activate({ action: { exec: { kind: 'cobol:85', binary: false } } });
    assert.equal(unknown.statusCode, 3);
    assert.equal(await under.store.count({ namespace: 'guest' }), 3);
  });

  it('records an unexpected exception as a platform fault', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.run = () => {
      throw new Error('driver bug');
    };
    const { statusCode, result } = await under.activateFor(0);
    assert.equal(statusCode, 3);
    assert.equal(result, '{"error":"The action did not produce a valid response and exited unexpectedly."}');
    assert.deepEqual(states(under), []);
  });
});
