import assert from 'node:assert/strict';
import type { Container } from '../../src/lib/containers/container.js';
import {
  ContainerCreationError,
  type ContainerFactory,
  type ContainerRequest,
} from '../../src/lib/containers/container-factory.js';
import { collect, initialize, resultOf, run, wideBounds } from '../helpers/process-driver.js';

/** One driver under test. */
export interface DriverUnderTest {
  readonly factory: ContainerFactory;
  /** Image of `nodejs:20`; the driver's own when absent. */
  readonly image?: string;
  remove(): Promise<void>;
}

const megabyte = 1024 * 1024;
const allLogs = { limit: 10 * megabyte, developerError: false };

/** What every driver owes the invoker; run it for each of them. */
export function describeContainerContract(name: string, start: () => Promise<DriverUnderTest>): void {
  describe(`container contract: ${name}`, () => {
    let driver: DriverUnderTest;
    const request = (): ContainerRequest => {
      const image = driver.image ?? 'test';
      return { kind: 'nodejs:20', image, memory: 256, environment: {}, purpose: 'contract' };
    };
    const create = (): Promise<Container> => driver.factory.create(request());
    const createWith = async (code: string): Promise<Container> => {
      const container = await create();
      await resultOf(initialize(container, { code }));
      return container;
    };

    before(async () => {
      driver = await start();
    });

    after(() => driver.remove());

    it('gives every container an id of its own and keeps what it was made for', async () => {
      const [one, other] = await Promise.all([create(), create()]);
      assert.notEqual(one.id, other.id);
      assert.deepEqual([one.kind, one.memory], ['nodejs:20', 256]);
      await Promise.all([one.destroy(), other.destroy()]);
    });

    it('keeps the state of the action between activations', async () => {
      const container = await createWith('let n = 0; function main() { n += 1; return { n } }');
      assert.deepEqual([await resultOf(run(container)), await resultOf(run(container))], [{ n: 1 }, { n: 2 }]);
      await container.destroy();
    });

    it('passes keys such as __proto__ on as data', async () => {
      const container = await createWith('function main(p) { return p }');
      const body = '{"value":{"__proto__":{"x":1},"constructor":2}}';
      const outcome = await container.send('/run', body, wideBounds);
      assert.deepEqual(outcome, { type: 'answer', status: 200, body: '{"__proto__":{"x":1},"constructor":2}' });
      await container.destroy();
    });

    it('ends a request at the time limit, also while the action blocks its process', async () => {
      const container = await createWith('function main() { for (;;); }');
      assert.deepEqual(await run(container, {}, { ...wideBounds, timeout: 150 }), { type: 'timeout' });
      await container.destroy();
      await container.gone;
    });

    it('keeps an answer of exactly the limit and cuts a longer one, with its length', async () => {
      const container = await createWith('function main({ n }) { return { a: "x".repeat(n) } }');
      const whole = await run(container, { n: megabyte - 8 });
      assert.ok(whole.type === 'answer' && whole.cutFrom === undefined && whole.body.length === megabyte);
      const cut = await run(container, { n: 5 * megabyte });
      assert.ok(cut.type === 'answer' && cut.cutFrom === 5 * megabyte + 8 && cut.body.length === megabyte);
      assert.deepEqual(await resultOf(run(container, { n: 1 })), { a: 'x' });
      await container.destroy();
    });

    it('never splits a character where it cuts an answer', async () => {
      const container = await createWith('function main() { return { a: "☃".repeat(100) } }');
      const outcome = await run(container, {}, { ...wideBounds, responseLimit: 10 });
      assert.deepEqual(outcome, { type: 'answer', status: 200, body: '{"a":"☃', cutFrom: 308 });
      await container.destroy();
    });

    it('loses the request when the action ends its process', async () => {
      const container = await createWith('function main() { console.log("last words"); process.exit(3) }');
      assert.deepEqual(await run(container), { type: 'lost', outOfMemory: false });
      assert.deepEqual((await collect(container)).stdout, ['last words']);
      assert.deepEqual(await run(container), { type: 'unreachable' });
      await container.gone;
      await container.destroy();
    });

    it('says when memory was the reason (AI-320)', async () => {
      const container = await driver.factory.create({ ...request(), memory: 64 });
      await resultOf(
        initialize(container, {
          code: 'function main() { const a = []; for (;;) a.push(new Array(1e5).fill(a.length + 0.5)) }',
        }),
      );
      assert.deepEqual(await run(container), { type: 'lost', outOfMemory: true });
      await container.destroy();
    });

    it('gives output at load to the first activation, and nothing twice', async () => {
      const container = await createWith('console.log("load"); function main() { console.error("run") }');
      await run(container);
      assert.deepEqual(await collect(container), { stdout: ['load'], stderr: ['run'], truncated: false });
      await run(container);
      assert.deepEqual(await collect(container), { stdout: [], stderr: ['run'], truncated: false });
      await container.destroy();
    });

    it('writes log lines as the record wants them', async () => {
      const container = await createWith('function main() { console.log("hello") }');
      await run(container);
      const { lines, truncated, complete } = await container.collectLogs(allLogs);
      assert.match(lines.join('\n'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z stdout: hello$/);
      assert.deepEqual({ truncated, complete }, { truncated: false, complete: true });
      await container.destroy();
    });

    it('collects nothing with limit 0, and ends the logs of a developer error with the warning (AI-314, AI-317)', async () => {
      const container = await createWith('function main() { console.log("hello") }');
      await run(container);
      assert.deepEqual((await container.collectLogs({ limit: 0, developerError: true })).lines, []);
      await run(container);
      const { stdout, stderr } = await collect(container, { ...allLogs, developerError: true });
      const warning = 'The action did not initialize or run as expected. Log data might be missing.';
      assert.deepEqual({ stdout, stderr }, { stdout: ['hello'], stderr: [warning] });
      await container.destroy();
    });

    for (const limit of [megabyte, 10 * megabyte]) {
      it(`truncates logs at ${String(limit)} bytes and says so (AI-314)`, async () => {
        const container = await createWith(
          'function main() { for (let i = 0; i < 130000; i++) console.log("x".repeat(100)) }',
        );
        await resultOf(run(container));
        const { lines, truncated } = await container.collectLogs({ limit, developerError: false });
        const text = `Logs were truncated because the total bytes size exceeds the limit of ${String(limit)} bytes.`;
        assert.ok(truncated && lines.at(-1)?.endsWith(`stderr: ${text}`), lines.at(-1));
        const size = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
        assert.ok(size > limit * 0.95 && size < limit * 1.05, `${String(size)} bytes are stored`);
        await container.destroy();
      });
    }

    it('can be destroyed twice, and answers nothing afterwards', async () => {
      const container = await createWith('function main() {}');
      await Promise.all([container.destroy(), container.destroy()]);
      await container.gone;
      assert.deepEqual(await run(container), { type: 'unreachable' });
    });

    it('refuses a kind that it cannot run with a creation error of the platform', async () => {
      const creation = driver.factory.create({ ...request(), kind: 'cobol:85' });
      await assert.rejects(creation, (error) => error instanceof ContainerCreationError && error.fault === 'platform');
      assert.equal((await driver.factory.availability('cobol:85')).available, false);
      assert.equal((await driver.factory.availability('nodejs:20')).available, true);
    });

    it('ends all its containers when it is disposed, and makes no more', async () => {
      const other = await start();
      const containers = await Promise.all([other.factory.create(request()), other.factory.create(request())]);
      await other.factory.dispose();
      await Promise.all(containers.map((container) => container.gone));
      await assert.rejects(other.factory.create(request()), ContainerCreationError);
      await other.remove();
    });
  });
}
