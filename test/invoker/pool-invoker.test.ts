import assert from 'node:assert/strict';
import type { ActivationEntry } from '../../src/lib/database/activation-store.js';
import { defaultActionLimits } from '../../src/lib/entity/limits.js';
import { ShuttingDown } from '../../src/lib/invoker/invoker.js';
import { answer } from '../helpers/fake-containers.js';
import { settle } from '../helpers/virtual-clock.js';
import { annotation, InvokerUnderTest, logsOf, recordOf, sentValue, states } from './invoker-under-test.js';

const stopped = '{"error":"The platform stopped while this activation was running."}';
const neverStarted = '{"error":"The platform stopped before this activation was started."}';

describe('PoolInvoker', () => {
  it('commits the record, with logs, before it answers (RS-103)', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.collectLogs = () => ({ lines: ['t stdout: hi'], truncated: false, complete: true });
    under.factory.script.run = () => answer('{"n": 1.0}');
    const finished = await under.activate();
    const stored = await under.store.get('guest', finished.activationId);
    assert.equal(stored, finished.record);
    assert.deepEqual(logsOf(finished), ['t stdout: hi']);
    assert.equal(finished.result, '{"n": 1.0}');
  });

  it('measures waiting, initialization and run apart, on the monotonic clock (RS-128)', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.create = () => under.clock.sleep(30);
    under.factory.script.init = async () => {
      await under.clock.sleep(20);
      under.clock.jump(-1_000_000_000);
      return answer('{}');
    };
    under.factory.script.run = async () => {
      await under.clock.sleep(7);
      return answer('{}');
    };
    const received = under.clock.now() - 5;
    const finished = await under.activateFor(60, { message: { received } });
    const { start, end, duration } = recordOf(finished);
    assert.equal(annotation(finished, 'waitTime'), 35);
    assert.equal(annotation(finished, 'initTime'), 20);
    assert.equal(duration, 27);
    assert.equal(end, start + 27);
  });

  it('sends the requests of action-interface.md §1.1 and §1.2', async () => {
    const under = new InvokerUnderTest();
    const action = { namespace: 'guest/pkg', exec: { kind: 'nodejs:20', binary: true, main: 'go' } };
    await under.activate({ action, content: { a: 1 }, executable: { code: () => Promise.resolve('QUJD') } });
    const [init, run] = under.factory.containers[0]?.requests ?? [];
    const deadline = String(under.clock.now() + 60_000);
    const id = '1'.padStart(32, '0');
    assert.deepEqual(sentValue(init?.body), {
      value: {
        name: 'hello',
        main: 'go',
        code: 'QUJD',
        binary: true,
        env: {
          __OW_NAMESPACE: 'guest',
          __OW_ACTION_NAME: '/guest/pkg/hello',
          __OW_ACTION_VERSION: '0.0.1',
          __OW_ACTIVATION_ID: id,
          __OW_TRANSACTION_ID: 'tid',
          __OW_DEADLINE: deadline,
        },
      },
    });
    assert.deepEqual(sentValue(run?.body), {
      value: { a: 1 },
      namespace: 'guest',
      action_name: '/guest/pkg/hello',
      action_version: '0.0.1',
      activation_id: id,
      transaction_id: 'tid',
      deadline,
    });
    assert.deepEqual(under.factory.requests[0], {
      kind: 'nodejs:20',
      image: 'openwhisk/nodejs',
      memory: 256,
      environment: { __OW_API_HOST: 'http://127.0.0.1:1' },
      purpose: 'guest/hello',
    });
  });

  it('sends a blackbox without code, with its own image, and main by default', async () => {
    const under = new InvokerUnderTest();
    const exec = { kind: 'blackbox', image: 'me/mine', binary: false } as const;
    await under.activate({ action: { exec }, executable: { code: () => Promise.resolve(undefined) } });
    assert.equal(under.factory.requests[0]?.image, 'me/mine');
    const { value } = sentValue(under.factory.containers[0]?.requests[0]?.body) as { value: Record<string, unknown> };
    assert.equal('code' in value, false);
    assert.equal(value.main, 'main');
  });

  it('AI-309 an application error: container reused', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.run = () => answer('{"error":"no"}');
    const { statusCode } = await under.activate();
    assert.equal(statusCode, 1);
    assert.deepEqual(states(under), ['idle']);
  });

  it('AI-314 AI-317 logs are asked for with the limit of the action, and with the warning after developer errors', async () => {
    const under = new InvokerUnderTest();
    const asked: unknown[] = [];
    under.factory.script.collectLogs = (options) => {
      asked.push(options);
      return { lines: [], truncated: false, complete: true };
    };
    for (const logs of [0, 1, 10]) await under.activate({ action: { limits: { ...defaultActionLimits, logs } } });
    under.factory.script.run = () => answer('oops');
    await under.activate();
    assert.deepEqual(asked, [
      { limit: 0, developerError: false },
      { limit: 1_048_576, developerError: false },
      { limit: 10_485_760, developerError: false },
      { limit: 10_485_760, developerError: true },
    ]);
  });

  it('AI-318 the key is given by provide-api-key: truthy or missing yes, falsy no', async () => {
    for (const [value, given] of [
      [true, true],
      ['yes', true],
      [1, true],
      [false, false],
      [null, false],
      [0, false],
      ['', false],
      [undefined, true],
    ] as const) {
      const under = new InvokerUnderTest();
      const annotations = value === undefined ? [] : [{ key: 'provide-api-key', value }];
      await under.activate({ action: { annotations } });
      const [init, run] = under.factory.containers[0]?.requests ?? [];
      const { env } = sentValue(init?.body).value as { env: Record<string, string> };
      const expected = given ? 'user:secret' : undefined;
      assert.equal(env.__OW_API_KEY, expected, String(value));
      assert.equal(sentValue(run?.body).api_key, expected, String(value));
    }
  });

  it('AI-319 init parameters are in the environment only, and cannot replace the context', async () => {
    const under = new InvokerUnderTest();
    const initEnvironment = { SECRET: 's', ['__proto__']: 'p', __OW_NAMESPACE: 'forged' };
    await under.activate({ message: { initEnvironment } });
    const [init, run] = under.factory.containers[0]?.requests ?? [];
    const { env } = sentValue(init?.body).value as { env: Record<string, string> };
    assert.equal(env.SECRET, 's');
    assert.equal(Object.getOwnPropertyDescriptor(env, '__proto__')?.value, 'p');
    assert.equal(env.__OW_NAMESPACE, 'guest');
    assert.deepEqual(sentValue(run?.body).value, {});
  });

  it('AI-323 draining refuses new work, lets the running end, and leaves no container', async () => {
    const under = new InvokerUnderTest({ prewarm: [{ kind: 'python:3', memory: 256, count: 1 }] });
    under.invoker.prewarm();
    under.factory.script.run = async () => {
      await under.clock.sleep(2000);
      return answer('{"done":true}');
    };
    const running = under.activate();
    await settle();
    const drained = under.invoker.drain(10_000);
    await assert.rejects(under.activate(), ShuttingDown);
    await under.clock.advance(2000);
    assert.equal((await running).result, '{"done":true}');
    await drained;
    assert.equal(under.factory.living.length, 0);
    assert.deepEqual(states(under), []);
    await under.invoker.drain(1);
  });

  it('lets a whole that has begun go on during a drain, and refuses new ones (RS-145)', async () => {
    const under = new InvokerUnderTest();
    let goOn: () => void = () => undefined;
    const between = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const whole = under.invoker.whole(async () => {
      await between;
      return under.activate({ message: { cause: 'f'.repeat(32) } });
    });
    const drained = under.invoker.drain(10_000);
    await assert.rejects(
      under.invoker.whole(() => Promise.resolve()),
      ShuttingDown,
    );
    assert.equal(under.invoker.inFlight, 1);
    goOn();
    assert.equal((await whole).statusCode, 0);
    await drained;
    assert.equal(under.factory.living.length, 0);
  });

  it('ends what still runs or waits at the end of the drain, with a record (RS-145, RS-146)', async () => {
    const under = new InvokerUnderTest({ poolMemory: 256 });
    under.factory.script.run = () => new Promise(() => undefined);
    const running = under.activate();
    const waiting = under.activate();
    await settle();
    const drained = under.invoker.drain(1000);
    await under.clock.advance(1000);
    await drained;
    assert.equal((await running).result, stopped);
    assert.equal((await waiting).result, neverStarted);
    assert.equal(await under.store.count({ namespace: 'guest' }), 2);
    assert.equal(under.factory.living.length, 0);
    assert.equal(under.invoker.inFlight, 0);
  });

  it('ends what waits for a container that is being created when the platform stops', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.create = () => under.clock.sleep(500);
    const waiting = under.activate();
    const drained = under.invoker.drain(100);
    await under.clock.advance(100);
    assert.equal((await waiting).result, neverStarted);
    await under.clock.advance(400);
    await drained;
    assert.equal(under.factory.living.length, 0);
  });

  it('AI-325 a result with error and other members: the record has only the error', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.run = () => answer('{"error":{"code":12345678901234567890},"other":1}');
    const { record, result } = await under.activate();
    assert.equal(result, '{"error":{"code":12345678901234567890}}');
    assert.ok(record.endsWith(`"result":${result}}}`));
  });

  it('AI-326 a new container with the address of an old one is initialized anew', async () => {
    const under = new InvokerUnderTest();
    await under.activate();
    under.factory.containers[0]?.die();
    await settle();
    await under.activate();
    const second = under.factory.containers[1];
    assert.deepEqual(
      second?.requests.map(({ route }) => route),
      ['/init', '/run'],
    );
  });

  it('AI-327 what is logged after the answer is not in the finished record', async () => {
    const under = new InvokerUnderTest();
    const lines: string[] = ['t stdout: in time'];
    under.factory.script.collectLogs = () => ({ lines: lines.splice(0), truncated: false, complete: true });
    const finished = await under.activate();
    lines.push('t stdout: too late');
    const stored = await under.store.get('guest', finished.activationId);
    assert.ok(stored !== undefined && !stored.includes('too late'));
  });

  it('answers while records cannot be written, and writes them when there is room (RS-125)', async () => {
    const under = new InvokerUnderTest();
    const put = under.store.put.bind(under.store);
    let isFull = true;
    under.store.put = (entry: ActivationEntry) => (isFull ? Promise.reject(new Error('disk full')) : put(entry));
    const { result, activationId } = await under.activate();
    assert.equal(result, '{}');
    await under.clock.advance(5000);
    assert.equal(await under.store.get('guest', activationId), undefined);
    isFull = false;
    await under.clock.advance(1000);
    assert.notEqual(await under.store.get('guest', activationId), undefined);
  });

  it('writes kept records when it is drained, or says that they are lost', async () => {
    const under = new InvokerUnderTest();
    under.store.put = () => Promise.reject(new Error('disk full'));
    const { activationId } = await under.activate();
    await under.invoker.drain(0);
    assert.ok(under.logged.includes(`invoker: the record of activation ${activationId} is lost`));
  });

  it('shows its containers', async () => {
    const under = new InvokerUnderTest();
    await under.activate({ action: { namespace: 'guest/pkg' } });
    await under.clock.advance(3000);
    assert.deepEqual(under.invoker.containers(), [
      {
        id: '1',
        driverId: 'fake 1',
        kind: 'nodejs:20',
        memory: 256,
        state: 'idle',
        action: 'guest/pkg/hello',
        age: 3,
        activations: 1,
      },
    ]);
  });
});
