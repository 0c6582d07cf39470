import assert from 'node:assert/strict';
import { QueueFull } from '../../src/lib/invoker/invoker.js';
import { answer } from '../helpers/fake-containers.js';
import { settle } from '../helpers/virtual-clock.js';
import {
  annotation,
  InvokerUnderTest,
  recordOf,
  sentValue,
  slow,
  type Wish,
  withMemory,
} from './invoker-under-test.js';

/** Names of the actions that were run, container after container. */
function ran(under: InvokerUnderTest): unknown[] {
  const requests = under.factory.containers.flatMap((container) => container.requests);
  return requests.filter(({ route }) => route === '/run').map(({ body }) => sentValue(body).action_name);
}

describe('ContainerPool', () => {
  it('AI-301 the same action twice: same container, no initTime the second time', async () => {
    const under = new InvokerUnderTest();
    const first = await under.activate();
    const second = await under.activate();
    assert.equal(annotation(first, 'initTime'), 0);
    assert.equal(annotation(second, 'initTime'), undefined);
    assert.deepEqual(
      under.factory.containers.map(({ requests }) => requests.map(({ route }) => route)),
      [['/init', '/run', '/run']],
    );
  });

  it('AI-302 other namespace, other version, other memory: a new container', async () => {
    const under = new InvokerUnderTest({ poolMemory: 4096 });
    await under.activate();
    await under.activate({ namespace: 'other', action: { namespace: 'guest' } });
    await under.activate({ action: { version: '0.0.2' }, executable: { revision: 2 } });
    await under.activate({ ...withMemory(128), executable: { revision: 3 } });
    await under.activate({ message: { initEnvironment: { A: '1' } }, executable: { revision: 3 } });
    assert.equal(under.factory.containers.length, 5);
  });

  it('AI-302 one executable action for other namespaces and other init parameters: a new container each', async () => {
    const under = new InvokerUnderTest({ poolMemory: 4096 });
    const { executable } = under.message();
    const invoke = async (wish: Pick<Wish, 'namespace' | 'message'>): Promise<number> => {
      await under.activate({ ...wish, message: { ...wish.message, executable } });
      return under.factory.containers.length;
    };
    const a = { initEnvironment: { A: '1' } };
    assert.equal(await invoke({}), 1);
    assert.equal(await invoke({ namespace: 'other' }), 2);
    assert.equal(await invoke({ namespace: 'other', message: a }), 3);
    assert.equal(await invoke({ message: a }), 4);
    assert.equal(await invoke({}), 4);
    assert.equal(await invoke({ namespace: 'other' }), 4);
  });

  it('keeps a warm container when only the payload overrides an init parameter (§8.6)', async () => {
    const under = new InvokerUnderTest();
    const executable = { initDefinition: '{"A":"1"}' };
    await under.activate({ executable, message: { initEnvironment: { A: '1' } } });
    await under.activate({ executable, message: { initEnvironment: { A: '2' } } });
    assert.equal(under.factory.containers.length, 1);
  });

  it('AI-303 an update of the code runs the new code at the next invocation and retires the old container', async () => {
    const under = new InvokerUnderTest();
    await under.activate({ executable: { code: () => Promise.resolve('old') } });
    await under.activate({ executable: { revision: 2, code: () => Promise.resolve('new') } });
    await settle();
    const codes = under.factory.containers.map(({ requests }) => sentValue(requests[0]?.body).value);
    assert.deepEqual(
      codes.map((value) => (value as { code: string }).code),
      ['old', 'new'],
    );
    assert.equal(under.factory.living.length, 1);
  });

  it('retires a busy container of an old revision after its run (RS-162)', async () => {
    const under = new InvokerUnderTest();
    slow(under, 100);
    const old = under.activate();
    await settle();
    const fresh = under.activate({ executable: { revision: 2 }, action: { version: '0.0.2' } });
    await under.clock.advance(100);
    assert.equal(recordOf(await old).version, '0.0.1');
    assert.equal(recordOf(await fresh).version, '0.0.2');
    assert.deepEqual(
      under.factory.containers.map(({ isDestroyed }) => isDestroyed),
      [true, false],
    );
  });

  it('AI-304 a full pool of idle containers: the oldest goes, several if memory needs it', async () => {
    const under = new InvokerUnderTest({ poolMemory: 512 });
    for (const name of ['a', 'b']) await under.activateFor(1, { name });
    await under.activateFor(1, { name: 'a' });
    await under.activateFor(1, { name: 'c' });
    assert.deepEqual(
      under.factory.containers.map(({ isDestroyed }) => isDestroyed),
      [false, true, false],
    );
    await under.activateFor(1, withMemory(512, 'd'));
    assert.deepEqual(
      under.factory.living.map(({ memory }) => memory),
      [512],
    );
    assert.equal(under.factory.mostMemory, 512);
  });

  it('AI-305 a full pool of busy containers: jobs wait and run in arrival order', async () => {
    const under = new InvokerUnderTest({ poolMemory: 256 });
    slow(under, 10);
    const all = ['a', 'b', 'a', 'c'].map((name) => under.activate({ name }));
    await under.clock.advance(100);
    const finished = await Promise.all(all);
    const starts = finished.map((one) => recordOf(one).start);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
    assert.deepEqual(ran(under), ['/guest/a', '/guest/b', '/guest/a', '/guest/c']);
    assert.deepEqual(
      finished.map((one) => annotation(one, 'waitTime')),
      [0, 10, 20, 30],
    );
    assert.equal(under.factory.mostMemory, 256);
  });

  it('lets later jobs wait behind the first that waits, even with a warm container (§5.3)', async () => {
    const under = new InvokerUnderTest({ poolMemory: 512 });
    await under.activateFor(1, { name: 'warm' });
    slow(under, 10);
    const busy = under.activate({ name: 'busy' });
    await settle();
    const big = under.activate(withMemory(512, 'big'));
    const later = under.activate({ name: 'warm' });
    await under.clock.advance(50);
    assert.ok(recordOf(await big).start < recordOf(await later).start);
    await busy;
  });

  it('AI-307 idle past the grace, then invoked: paused, resumed, same container', async () => {
    const under = new InvokerUnderTest();
    await under.activate();
    await under.clock.advance(10_000);
    assert.deepEqual(
      under.invoker.containers().map(({ state }) => state),
      ['paused'],
    );
    await under.activate();
    assert.deepEqual(under.factory.containers[0]?.steps, ['pause', 'resume']);
    assert.equal(under.factory.containers.length, 1);
  });

  it('resumes a container that was chosen while it was being paused', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.pause = () => under.clock.sleep(40);
    await under.activate();
    await under.clock.advance(10_010);
    const finished = await under.activateFor(30);
    assert.equal(annotation(finished, 'initTime'), undefined);
    assert.deepEqual(under.factory.containers[0]?.steps, ['pause', 'resume']);
  });

  it('moves the job when resuming fails, and removes the container when pausing fails', async () => {
    const under = new InvokerUnderTest();
    await under.activateFor(10_000);
    under.factory.script.resume = () => Promise.reject(new Error('frozen'));
    assert.equal((await under.activate()).statusCode, 0);
    assert.equal(under.factory.containers.length, 2);
    under.factory.script.pause = () => Promise.reject(new Error('no freezer'));
    await under.clock.advance(10_000);
    assert.deepEqual(under.invoker.containers(), []);
  });

  it('AI-301 of several idle containers the one used last is taken, so that the others can age', async () => {
    const under = new InvokerUnderTest();
    under.factory.script.run = async ({ container }) => {
      await under.clock.sleep(container.id === '2' ? 20 : 10);
      return answer('{}');
    };
    const both = [under.activate(), under.activate()];
    await under.clock.advance(20);
    await Promise.all(both);
    for (let round = 0; round < 10; round += 1) await under.activateFor(60_000);
    assert.deepEqual(
      under.factory.containers.map(({ requests }) => requests.length),
      [2, 12],
    );
    assert.deepEqual(
      under.factory.containers.map(({ isDestroyed }) => isDestroyed),
      [true, false],
    );
  });

  it('AI-308 idle past the idle time: removed', async () => {
    const under = new InvokerUnderTest();
    await under.activate();
    await under.clock.advance(599_999);
    assert.equal(under.factory.living.length, 1);
    await under.clock.advance(1);
    assert.equal(under.factory.living.length, 0);
    assert.deepEqual(under.invoker.containers(), []);
  });

  it('counts the idle time from the last activation', async () => {
    const under = new InvokerUnderTest({ pauseGrace: 1000, idleTime: 1000 });
    for (let round = 0; round < 5; round += 1) await under.activateFor(900);
    assert.equal(under.factory.containers.length, 1);
    await under.clock.advance(100);
    assert.equal(under.factory.living.length, 0);
  });

  it('refuses what would wait beyond the queue limit, and runs the rest (RS-165)', async () => {
    const under = new InvokerUnderTest({ poolMemory: 256, queueLimit: 3 });
    slow(under, 10);
    const all = Array.from({ length: 4 }, () => under.activate());
    await settle();
    await assert.rejects(
      under.activate(),
      (error) => error instanceof QueueFull && error.count === 3 && error.allowed === 3,
    );
    await under.clock.advance(50);
    assert.deepEqual(
      (await Promise.all(all)).map(({ statusCode }) => statusCode),
      [0, 0, 0, 0],
    );
    assert.equal(under.invoker.inFlight, 0);
  });

  it('holds accepted callers when more than half of the queue is taken, until it is short (RS-165)', async () => {
    const under = new InvokerUnderTest({ poolMemory: 256, queueLimit: 10 });
    slow(under, 10);
    const all = Array.from({ length: 6 }, () => under.activate());
    await settle();
    assert.equal(under.invoker.room(), undefined);
    all.push(under.activate());
    let gone = 0;
    const held = Array.from({ length: 3 }, async () => {
      await under.invoker.room();
      gone += 1;
    });
    for (let ended = 1; ended <= 4; ended += 1) {
      await under.clock.advance(10);
      assert.equal(gone, 0, `after ${String(ended)} jobs`);
    }
    await under.clock.advance(10);
    assert.equal(gone, 3);
    await Promise.all(held);
    await under.clock.advance(100);
    await Promise.all(all);
  });

  it('lets no more held callers go at once than the queue has room for, in order (RS-165)', async () => {
    const under = new InvokerUnderTest({ poolMemory: 256, queueLimit: 10 });
    slow(under, 10);
    const all = Array.from({ length: 7 }, () => under.activate());
    const gone: number[] = [];
    const held = Array.from({ length: 6 }, async (_, index) => {
      await under.invoker.room();
      gone.push(index);
    });
    await under.clock.advance(50);
    assert.deepEqual(gone, [0, 1, 2, 3]);
    await under.clock.advance(49);
    assert.deepEqual(gone, [0, 1, 2, 3]);
    await under.clock.advance(1);
    assert.deepEqual(gone, [0, 1, 2, 3, 4, 5]);
    await Promise.all(held);
    await under.clock.advance(100);
    await Promise.all(all);
  });

  it('holds nobody longer than 100 ms, however slow the jobs are (RS-165)', async () => {
    const under = new InvokerUnderTest({ poolMemory: 256, queueLimit: 2 });
    slow(under, 10_000);
    const all = Array.from({ length: 3 }, () => under.activate());
    await settle();
    let isHeld = true;
    const held = under.invoker.room()?.then(() => {
      isHeld = false;
    });
    await under.clock.advance(99);
    assert.equal(isHeld, true);
    await under.clock.advance(1);
    assert.equal(isHeld, false);
    await held;
    await under.clock.advance(30_000);
    await Promise.all(all);
  });

  it('refuses what would wait beyond the bytes of the queue (RS-165)', async () => {
    const under = new InvokerUnderTest({ poolMemory: 256, queueBytes: 100 });
    slow(under, 10);
    const content = { text: 'x'.repeat(40) };
    const all = [under.activate({ content }), under.activate({ content })];
    await assert.rejects(under.activate({ content }), QueueFull);
    await under.clock.advance(20);
    await Promise.all(all);
  });

  it('runs hundreds of waiting jobs in order without exceeding the memory', async () => {
    const under = new InvokerUnderTest({ poolMemory: 512 });
    slow(under, 1);
    const all = Array.from({ length: 400 }, (_, index) => under.activate({ name: `a${String(index % 3)}` }));
    await under.clock.advance(2000);
    const finished = await Promise.all(all);
    assert.equal(finished.filter(({ statusCode }) => statusCode === 0).length, 400);
    assert.ok(under.factory.mostMemory <= 512);
  });

  it('says what is wrong when an action needs more than the whole pool', async () => {
    const under = new InvokerUnderTest({ poolMemory: 256 });
    const { statusCode, result } = await under.activate(withMemory(512));
    assert.equal(statusCode, 3);
    assert.match(result, /Failed to provision resources .* needs 512 MB, but the pool has 256 MB/);
  });
});
