import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answer } from '../helpers/fake-containers.js';
import { settle } from '../helpers/virtual-clock.js';
import { annotation, InvokerUnderTest, recordOf, sentValue, withMemory } from './invoker-under-test.js';

/** Room for two containers of the default size; a cold start takes 50 ms, a run as long as its `ms` says. */
function twoContainers(): InvokerUnderTest {
  const under = new InvokerUnderTest({ poolMemory: 512 });
  under.factory.script.create = () => under.clock.sleep(50);
  runAsAsked(under);
  return under;
}

function runAsAsked(under: InvokerUnderTest): void {
  under.factory.script.run = async ({ body }) => {
    await under.clock.sleep((sentValue(body).value as { ms: number }).ms);
    return answer('{}');
  };
}

/** The two are not equally fast, so that each becomes idle while the other one is still busy. */
function evenOrOdd(number: number): { name: string; content: { ms: number } } {
  return number % 2 === 0 ? { name: 'even', content: { ms: 5 } } : { name: 'odd', content: { ms: 2 } };
}

const load = fc.record({
  containers: fc.integer({ min: 1, max: 4 }),
  calls: fc.array(fc.record({ action: fc.nat(4), ms: fc.nat(400), pause: fc.nat(30) }), {
    minLength: 1,
    maxLength: 60,
  }),
});

describe('a full ContainerPool', () => {
  it('AI-305 keeps the containers of two actions that are queued in turn: one cold start each', async () => {
    const under = twoContainers();
    const all = Array.from({ length: 400 }, (_, number) => under.activate(evenOrOdd(number)));
    await under.clock.advance(400 * 5 + 100);
    assert.equal(under.factory.requests.length, 2);
    const finished = await Promise.all(all);
    assert.equal(finished.filter(({ statusCode }) => statusCode === 0).length, 400);
  });

  it('AI-305 keeps them for clients that invoke the two in turn and wait for each answer, so that little is queued', async () => {
    const under = twoContainers();
    const client = async (first: number): Promise<void> => {
      for (let number = first; number < first + 100; number += 1) await under.activate(evenOrOdd(number));
    };
    const clients = Promise.all([client(0), client(1), client(0)]);
    await under.clock.advance(300 * 5 + 100);
    assert.equal(under.factory.requests.length, 2);
    await clients;
  });

  it('AI-304 settles on one container for each action when one action had all of them', async () => {
    const under = new InvokerUnderTest({ poolMemory: 1024 });
    under.factory.script.create = () => under.clock.sleep(400);
    runAsAsked(under);
    let count = 0;
    const clients = async (calls: number, actions: number): Promise<void> => {
      const end = count + calls;
      const client = async (): Promise<void> => {
        while (count < end) {
          count += 1;
          await under.activate({ name: `a${String(count % actions)}`, content: { ms: 1 + (count % 3) } });
        }
      };
      await Promise.all(Array.from({ length: 8 }, client));
    };
    const first = clients(100, 1);
    await under.clock.advance(2000);
    await first;
    assert.equal(under.factory.requests.length, 4);
    const second = clients(400, 4);
    await under.clock.advance(6000);
    // Three of the four belong to another action now.
    assert.equal(under.factory.requests.length, 4 + 3);
    await second;
  });

  it('AI-304 spares a container that a waiting job needs, though another one was used later', async () => {
    const under = new InvokerUnderTest({ poolMemory: 768 });
    runAsAsked(under);
    for (const name of ['needed', 'other']) await under.activateFor(1, { name, content: { ms: 0 } });
    const names = ['busy', 'busy', 'new', 'needed'];
    const all = names.map((name) => under.activate({ name, content: { ms: 100 } }));
    await under.clock.advance(300);
    for (const { statusCode } of await Promise.all(all)) assert.equal(statusCode, 0);
    assert.deepEqual(
      under.factory.requests.map(({ purpose }) => purpose),
      ['guest/needed', 'guest/other', 'guest/busy', 'guest/new'],
    );
    assert.deepEqual(
      under.factory.containers.map(({ isDestroyed }) => isDestroyed),
      [false, true, false, false],
    );
  });

  it('AI-304 evicts at once for an action that has no running container to wait for', async () => {
    const under = twoContainers();
    await under.activateFor(60, { name: 'idle', content: { ms: 1 } });
    const busy = under.activate({ name: 'busy', content: { ms: 1000 } });
    await under.clock.advance(50);
    const finished = await under.activateFor(51, { name: 'new', content: { ms: 1 } });
    assert.equal(annotation(finished, 'waitTime'), 50);
    await under.clock.advance(1000);
    await busy;
  });

  it('AI-304 evicts for a job whose own container stays busy, a quarter of a second after the other one became idle', async () => {
    const under = twoContainers();
    const long = under.activate({ name: 'long', content: { ms: 30_000 } });
    await under.activateFor(60, { name: 'idle', content: { ms: 1 } });
    const finished = under.activate({ name: 'long', content: { ms: 1 } });
    await under.clock.advance(235);
    assert.equal(under.factory.requests.length, 2);
    await under.clock.advance(66);
    assert.equal(annotation(await finished, 'waitTime'), 250 - 9 + 50);
    await under.clock.advance(30_000);
    await long;
  });

  for (const { coldStart, kept } of [
    { coldStart: 1000, kept: 2000 },
    { coldStart: 60_000, kept: 5000 },
  ]) {
    it(`AI-304 evicts for it after ${String(kept)} ms where a cold start took ${String(coldStart)} ms`, async () => {
      const under = twoContainers();
      under.factory.script.create = () => under.clock.sleep(coldStart);
      await under.activateFor(coldStart + 1, { name: 'idle', content: { ms: 1 } });
      const long = under.activate({ name: 'long', content: { ms: 300_000 } });
      await under.clock.advance(coldStart);
      const refreshed = under.activate({ name: 'idle', content: { ms: 1 } });
      await under.clock.advance(1);
      await refreshed;
      const finished = under.activate({ name: 'long', content: { ms: 1 } });
      await under.clock.advance(kept - 1);
      assert.equal(under.factory.requests.length, 2);
      await under.clock.advance(1 + coldStart + 1);
      assert.equal(annotation(await finished, 'waitTime'), kept + coldStart);
      await under.clock.advance(300_000);
      await long;
    });
  }

  it('AI-305 starts jobs in the order of arrival, and lets none wait longer than for what runs and for an eviction', async () => {
    await fc.assert(
      fc.asyncProperty(load, async ({ containers, calls }) => {
        const under = new InvokerUnderTest({ poolMemory: containers * 256 });
        runAsAsked(under);
        const all = [];
        for (const { action, ms, pause } of calls) {
          all.push(under.activate({ name: `a${String(action)}`, content: { ms } }));
          await under.clock.advance(pause);
        }
        await under.clock.advance(calls.length * 700);
        const finished = await Promise.all(all);
        const starts = finished.map((one) => recordOf(one).start);
        assert.deepEqual(
          starts,
          starts.toSorted((a, b) => a - b),
        );
        // Whoever is first in the queue waits for one run of 400 ms at most, and 250 ms for what became idle then.
        for (const [index, one] of finished.entries()) {
          const arrived = recordOf(one).start - Number(annotation(one, 'waitTime'));
          const first = Math.max(arrived, starts[index - 1] ?? 0);
          assert.ok(recordOf(one).start - first <= 650, `${String(recordOf(one).start - first)} ms`);
        }
      }),
      { numRuns: 100 },
    );
  }).timeout(60_000);

  it('AI-305 starts a job that needs the whole pool although others keep coming', async () => {
    const under = twoContainers();
    for (const name of ['a', 'b']) await under.activateFor(60, { name, content: { ms: 1 } });
    let ended = 0;
    const invoke = (name: string): void => void under.activate({ name, content: { ms: 10 } }).then(() => (ended += 1));
    for (const name of ['a', 'b']) invoke(name);
    await settle();
    const big = under.activate({ ...withMemory(512, 'big'), content: { ms: 1 } });
    for (let round = 0; round < 10; round += 1) {
      for (const name of ['a', 'b']) invoke(name);
      await under.clock.advance(7);
    }
    assert.equal(annotation(await big, 'waitTime'), 60);
    await under.clock.advance(1000);
    assert.equal(ended, 22);
  });
});
