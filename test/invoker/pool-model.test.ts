import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RuntimeOutcome } from '../../src/lib/containers/container.js';
import { defaultActionLimits } from '../../src/lib/entity/limits.js';
import type { FinishedActivation } from '../../src/lib/invoker/invoker.js';
import { answer, type FakeContainer, type SentRequest } from '../helpers/fake-containers.js';
import { InvokerUnderTest } from './invoker-under-test.js';

const memories = [128, 256, 512];

type Step =
  | { readonly type: 'invoke'; readonly action: number; readonly time: number; readonly fails: boolean }
  | { readonly type: 'advance'; readonly ms: number }
  | { readonly type: 'update'; readonly action: number }
  | { readonly type: 'kill'; readonly container: number; readonly quietly: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('invoke' as const),
      action: fc.nat(5),
      time: fc.nat(40),
      fails: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('advance' as const), ms: fc.nat(60) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('update' as const), action: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('kill' as const), container: fc.nat(20), quietly: fc.boolean() }),
  },
);

const pool = fc.record({
  poolMemory: fc.constantFrom(512, 640, 1024),
  pauseGrace: fc.constantFrom(5, 20, 100),
  idleTime: fc.constantFrom(10, 30, 200),
  keepStemCells: fc.boolean(),
  prewarm: fc.constantFrom([], [{ kind: 'nodejs:20', memory: 256, count: 1 }]),
});

/** Performs random steps and notes what must never happen. */
class Model {
  readonly violations: string[] = [];
  readonly activations: Promise<FinishedActivation>[] = [];
  readonly puts = new Map<string, number>();
  settled = 0;
  private freezes = 0;
  private readonly runs = new Map<string, number>();
  private readonly revisions = new Map<number, number>();
  private readonly killed = new Set<FakeContainer>();
  private readonly busy = new Set<FakeContainer>();

  constructor(readonly under: InvokerUnderTest) {
    const { script } = under.factory;
    script.create = () => under.clock.sleep(15);
    script.init = () => this.take(5, answer('{}'));
    script.pause = () => this.failNowAndThen(15);
    script.resume = () => this.failNowAndThen(2);
    script.destroy = () => under.clock.sleep(4);
    script.run = (sent) => this.run(sent);
    const put = under.store.put.bind(under.store);
    under.store.put = (entry) => {
      this.puts.set(entry.activationId, (this.puts.get(entry.activationId) ?? 0) + 1);
      return put(entry);
    };
  }

  async perform(one: Step): Promise<void> {
    switch (one.type) {
      case 'advance':
        return this.under.clock.advance(one.ms);
      case 'update':
        this.revisions.set(one.action, this.revision(one.action) + 1);
        return;
      case 'kill': {
        this.kill(one.container, one.quietly);
        return;
      }
      case 'invoke': {
        this.invoke(one.action, { time: one.time, fails: one.fails && one.time % 4 === 0 });
        return;
      }
    }
  }

  private invoke(action: number, content: { time: number; fails: boolean }): void {
    const limits = { ...defaultActionLimits, memory: memories[action % 3] ?? 256, concurrency: action === 5 ? 2 : 1 };
    const wish = { name: `a${String(action)}`, content, action: { limits } };
    const activation = this.under.activate({ ...wish, executable: { revision: this.revision(action) } });
    this.activations.push(activation);
    void activation.finally(() => {
      this.settled += 1;
    });
  }

  private kill(index: number, quietly: boolean): void {
    const container = this.under.factory.living.at(index % Math.max(1, this.under.factory.living.length));
    if (container === undefined) return;
    this.killed.add(container);
    container.die(quietly);
  }

  private async run({ body, container }: SentRequest): Promise<RuntimeOutcome> {
    const request = JSON.parse(body) as { activation_id: string; value: { time: number; fails: boolean } };
    const count = (this.runs.get(request.activation_id) ?? 0) + 1;
    this.runs.set(request.activation_id, count);
    if (count > 1) this.violations.push(`${request.activation_id} was run ${String(count)} times`);
    if (container.steps.at(-1) === 'pause') this.violations.push('a paused container was used');
    if (this.busy.has(container) && container.request.environment.__OW_ALLOW_CONCURRENT === undefined) {
      this.violations.push('a busy container was used');
    }
    this.busy.add(container);
    const outcome = await this.take(request.value.time, request.value.fails ? answer('', 502) : answer('{}'));
    this.busy.delete(container);
    if (!container.isAlive && !this.killed.has(container)) this.violations.push('a chosen container was reaped');
    return outcome;
  }

  private async take(ms: number, outcome: RuntimeOutcome): Promise<RuntimeOutcome> {
    await this.under.clock.sleep(ms);
    return outcome;
  }

  private async failNowAndThen(ms: number): Promise<void> {
    this.freezes += 1;
    const fails = this.freezes % 3 === 2;
    await this.under.clock.sleep(ms);
    if (fails) throw new Error('the freezer is broken');
  }

  private revision(action: number): number {
    return this.revisions.get(action) ?? 1;
  }
}

describe('ContainerPool, as a model', () => {
  it('never exceeds the memory, loses nothing, runs nothing twice, reaps nothing that was chosen (RS-165, RS-510)', async () => {
    await fc.assert(
      fc.asyncProperty(pool, fc.array(step, { maxLength: 60, size: 'max' }), async (config, steps) => {
        const model = new Model(new InvokerUnderTest(config));
        const { under } = model;
        for (const one of steps) {
          await model.perform(one);
          const shown = under.invoker.containers().reduce((sum, { memory }) => sum + memory, 0);
          assert.ok(shown <= config.poolMemory, `${String(shown)} MB`);
        }
        await under.clock.advance(60 * 100 + 500);
        assert.equal(model.settled, model.activations.length, 'an activation was lost');
        const finished = await Promise.all(model.activations);
        assert.equal(under.invoker.inFlight, 0);
        assert.deepEqual(
          finished.map(({ activationId }) => model.puts.get(activationId)),
          finished.map(() => 1),
        );
        assert.deepEqual(model.violations, []);
        assert.ok(
          under.factory.mostMemory <= config.poolMemory,
          `${String(under.factory.mostMemory)} MB at the driver`,
        );
        const drained = under.invoker.drain(0);
        await under.clock.advance(100);
        await drained;
        assert.equal(under.factory.living.length, 0);
      }),
      { numRuns: 120 },
    );
  }).timeout(60_000);
});
