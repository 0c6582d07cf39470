import assert from 'node:assert/strict';
import { settle } from '../helpers/virtual-clock.js';
import { annotation, InvokerUnderTest, slow, withMemory } from './invoker-under-test.js';

describe('stem cells of the ContainerPool', () => {
  it('AI-306 a stem cell of the same kind and memory is used and replaced, others are not', async () => {
    const under = new InvokerUnderTest({ prewarm: [{ kind: 'nodejs:20', memory: 256, count: 1 }], poolMemory: 2048 });
    under.invoker.prewarm();
    await settle();
    assert.deepEqual(
      under.invoker.containers().map(({ state }) => state),
      ['stem cell'],
    );
    await under.activate(withMemory(128, 'small'));
    await under.activate({ name: 'snake', action: { exec: { kind: 'python:3', binary: false } } });
    const stemCell = under.factory.containers[0];
    assert.equal(stemCell?.requests.length, 0);
    await under.activate();
    assert.equal(stemCell.requests.length, 2);
    const before = under.factory.containers.length;
    await under.clock.advance(50);
    assert.equal(under.factory.containers.length, before + 1);
    assert.equal(under.factory.requests.at(-1)?.purpose, 'prewarm/nodejs20');
  });

  it('claims a stem cell that is still being created', async () => {
    const under = new InvokerUnderTest({ prewarm: [{ kind: 'nodejs:20', memory: 256, count: 1 }] });
    under.factory.script.create = () => under.clock.sleep(80);
    under.invoker.prewarm();
    const finished = await under.activateFor(80);
    assert.equal(under.factory.requests.length, 1);
    assert.equal(annotation(finished, 'waitTime'), 80);
  });

  it('keeps one stem cell of each kind and memory used lately, one created at a time', async () => {
    const under = new InvokerUnderTest({ keepStemCells: true });
    under.factory.script.create = () => under.clock.sleep(10);
    const both = [under.activate(withMemory(256)), under.activate(withMemory(128, 'small'))];
    await under.clock.advance(10);
    await Promise.all(both);
    await under.clock.advance(25);
    assert.equal(under.factory.requests.length, 3);
    await under.clock.advance(100);
    const cells = under.invoker.containers().filter(({ state }) => state === 'stem cell');
    assert.deepEqual(cells.map(({ memory }) => memory).sort(), [128, 256]);
    await under.clock.advance(1_300_000);
    assert.deepEqual(under.invoker.containers(), []);
  });

  it('does not try a stem cell that cannot be created again and again', async () => {
    const under = new InvokerUnderTest({ prewarm: [{ kind: 'nodejs:20', memory: 256, count: 1 }] });
    under.factory.script.create = () => Promise.reject(new Error('no'));
    under.invoker.prewarm();
    await under.clock.advance(60_000);
    assert.equal(under.factory.requests.length, 1);
  });

  it('gives up a stem cell when a job needs the whole pool', async () => {
    const under = new InvokerUnderTest({ prewarm: [{ kind: 'python:3', memory: 256, count: 1 }], poolMemory: 512 });
    under.invoker.prewarm();
    await settle();
    const finished = await under.activateFor(1, withMemory(512));
    assert.equal(finished.statusCode, 0);
    assert.equal(under.factory.mostMemory, 512);
  });

  it('adapts reactive stem cells to the cold starts of a round (§5.3)', async () => {
    const reactive = { minCount: 1, maxCount: 3, ttl: 120_000, threshold: 2, increment: 2 };
    const stemCells = [{ initialCount: 1, memory: 256, reactive }];
    const prewarm = [{ kind: 'nodejs:20', memory: 256, count: 1 }];
    const under = new InvokerUnderTest({ prewarm, poolMemory: 8192 }, { stemCells });
    under.invoker.prewarm();
    await settle();
    slow(under, 10);
    const all = ['a', 'b', 'c', 'd'].map((name) => under.activate({ name }));
    await under.clock.advance(590_000);
    await Promise.all(all);
    const cells = (): number => under.invoker.containers().filter(({ state }) => state === 'stem cell').length;
    assert.equal(cells(), 1);
    await under.clock.advance(20_000);
    assert.equal(cells(), 2, '3 cold starts: one times two');
    await under.clock.advance(600_000);
    assert.equal(cells(), 1, 'none: the minimum');
  });

  it('AI-306 stem cells beyond their time to live are replaced at the end of a round, at most 100 of them (§5.3)', async () => {
    const reactive = { minCount: 130, maxCount: 130, ttl: 120_000, threshold: 1, increment: 1 };
    const stemCells = [{ initialCount: 130, memory: 256, reactive }];
    const prewarm = [{ kind: 'nodejs:20', memory: 256, count: 130 }];
    const under = new InvokerUnderTest({ prewarm, poolMemory: 256 * 200 }, { stemCells });
    under.invoker.prewarm();
    await under.clock.advance(599_000);
    assert.equal(under.factory.requests.length, 130);
    await under.clock.advance(1000);
    assert.equal(under.factory.containers.filter(({ isDestroyed }) => isDestroyed).length, 100);
    await under.clock.advance(10_000);
    assert.equal(under.factory.living.length, 130);
    assert.equal(under.factory.requests.length, 230);
  });

  it('AI-306 stem cells without a time to live stay as long as the platform', async () => {
    const prewarm = [{ kind: 'nodejs:20', memory: 256, count: 2 }];
    const under = new InvokerUnderTest({ prewarm });
    under.invoker.prewarm();
    await under.clock.advance(7_200_000);
    assert.equal(under.factory.requests.length, 2);
    assert.equal(under.factory.living.length, 2);
  });

  it('AI-306 each of several new actions at once gets a stem cell of its own', async () => {
    const prewarm = [{ kind: 'nodejs:20', memory: 128, count: 8 }];
    const under = new InvokerUnderTest({ prewarm, poolMemory: 1024 });
    under.invoker.prewarm();
    await under.clock.advance(1000);
    slow(under, 10);
    const all = Array.from({ length: 8 }, (_, number) => under.activate(withMemory(128, `a${String(number)}`)));
    await under.clock.advance(10);
    await Promise.all(all);
    assert.equal(under.factory.requests.length, 8);
    assert.ok(under.factory.containers.every(({ requests }) => requests.length === 2));
  });
});
