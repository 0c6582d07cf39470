import assert from 'node:assert/strict';
import { systemClock } from '../../src/lib/entity/clock.js';
import { defaultActionLimits } from '../../src/lib/entity/limits.js';
import type { FinishedActivation } from '../../src/lib/invoker/invoker.js';
import type { PoolConfig } from '../../src/lib/invoker/pool-config.js';
import { PoolInvoker } from '../../src/lib/invoker/pool-invoker.js';
import { RuntimeManifest } from '../../src/lib/runtime-manifest/runtime-manifest.js';
import { MemoryActivationStore } from '../helpers/memory-activation-store.js';
import { TestDriver } from '../helpers/process-driver.js';
import { RecordingLog } from '../helpers/recording-log.js';
import { waitUntil } from '../helpers/wait-until.js';
import { annotation, logsOf, messageOf, recordOf, testConfig, type Wish } from './invoker-under-test.js';

const megabyte = 1_048_576;
const tellPid = 'main = () => ({ pid: process.pid })';

/** For the pool no time passes, so that nothing depends on how busy the machine is. */
const still = { ...systemClock, monotonic: () => 0 };

/** An invoker over processes. */
class RealInvoker {
  private ids = 0;

  private constructor(
    readonly driver: TestDriver,
    readonly store: MemoryActivationStore,
    readonly invoker: PoolInvoker,
  ) {}

  static async start(config: Partial<PoolConfig> = {}, clock = systemClock): Promise<RealInvoker> {
    const driver = await TestDriver.start({ pause: true });
    const store = new MemoryActivationStore();
    const invoker = new PoolInvoker({
      factory: driver.factory,
      store,
      manifest: RuntimeManifest.builtIn(Number(process.versions.node.split('.')[0])),
      clock,
      log: new RecordingLog(),
      apiHost: () => 'http://127.0.0.1:1',
      config: { ...testConfig, ...config },
    });
    return new RealInvoker(driver, store, invoker);
  }

  activate(code: string, wish: Wish = {}): Promise<FinishedActivation> {
    this.ids += 1;
    const executable = { code: () => Promise.resolve(code), ...wish.executable };
    const facts = { number: this.ids, received: Date.now() };
    return this.invoker.activate(messageOf({ ...wish, executable }, facts));
  }

  async pid(wish: Wish = {}): Promise<number> {
    return (resultOf(await this.activate(tellPid, wish)) as { pid: number }).pid;
  }

  get states(): string[] {
    return this.invoker.containers().map(({ state }) => state);
  }

  async dispose(): Promise<void> {
    await this.invoker.drain(0);
    await this.driver.remove();
  }
}

function resultOf({ result }: FinishedActivation): unknown {
  return JSON.parse(result);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const gone = (pid: number): Promise<void> =>
  waitUntil(`process ${String(pid)} has ended`, () => !isRunning(pid), 30_000);

describe('PoolInvoker with real runtimes', function () {
  this.timeout(120_000);
  const started: RealInvoker[] = [];

  async function start(config: Partial<PoolConfig> = {}, clock = systemClock): Promise<RealInvoker> {
    const real = await RealInvoker.start(config, clock);
    started.push(real);
    return real;
  }

  afterEach(async () => {
    for (const real of started.splice(0)) await real.dispose();
  });

  it('AI-301, AI-302, AI-309: one runtime for one action of one namespace, also after an application error', async () => {
    const real = await start();
    const code = 'main = ({ fail }) => fail ? { error: process.pid } : { pid: process.pid }';
    const first = await real.activate(code, { content: { fail: true } });
    assert.equal(first.statusCode, 1);
    assert.notEqual(annotation(first, 'initTime'), undefined);
    const second = await real.activate(code);
    assert.equal(annotation(second, 'initTime'), undefined);
    assert.equal((resultOf(second) as { pid: number }).pid, (resultOf(first) as { error: number }).error);
    const other = await real.activate(code, { namespace: 'other', action: { namespace: 'guest' } });
    assert.notEqual((resultOf(other) as { pid: number }).pid, (resultOf(second) as { pid: number }).pid);
  });

  it('AI-303 an update runs the new code at once, and the old runtime ends', async () => {
    const real = await start();
    const old = await real.pid();
    const updated = await real.activate('main = () => ({ updated: true })', { executable: { revision: 2 } });
    assert.deepEqual(resultOf(updated), { updated: true });
    await gone(old);
  });

  it('AI-304 a full pool: the runtime that was idle longest ends', async () => {
    const real = await start({ poolMemory: 512 });
    const [a, b] = [await real.pid({ name: 'a' }), await real.pid({ name: 'b' })];
    assert.equal(await real.pid({ name: 'a' }), a);
    await real.pid({ name: 'c' });
    await gone(b);
    assert.ok(isRunning(a));
  });

  it('AI-305 a full pool: 100 calls of two actions in turn start two runtimes', async () => {
    const real = await start({ poolMemory: 512 }, still);
    const calls = Array.from({ length: 100 }, (_, number) => real.pid({ name: number % 2 === 0 ? 'even' : 'odd' }));
    const pids = await Promise.all(calls);
    assert.equal(new Set(pids).size, 2);
    assert.ok(pids.every((pid, number) => pid === pids[number % 2]));
  });

  it('AI-306 a stem cell is used, and replaced', async () => {
    const real = await start({ prewarm: [{ kind: 'nodejs:default', memory: 256, count: 1 }], poolMemory: 512 });
    real.invoker.prewarm();
    await waitUntil('there is a stem cell', () => real.states.includes('stem cell'), 30_000);
    const stemCell = Number(real.invoker.containers()[0]?.driverId);
    assert.equal(await real.pid(), stemCell);
    await waitUntil('there is another one', () => real.states.includes('stem cell'), 30_000);
  });

  it('AI-307, AI-308: a runtime is paused after the grace, goes on for the next call, and ends after the idle time', async () => {
    const real = await start({ pauseGrace: 10, idleTime: 600_000 });
    const pid = await real.pid();
    await waitUntil('it is paused', () => real.states.includes('paused'), 30_000);
    assert.equal(await real.pid(), pid);
    const short = await start({ pauseGrace: 10, idleTime: 30 });
    const other = await short.pid();
    await gone(other);
    await waitUntil('none is left', () => short.states.length === 0, 30_000);
  });

  it('AI-310, AI-312: a runtime ends after a crash, a time limit in run and one in init', async () => {
    const real = await start();
    const limits = { ...defaultActionLimits, timeout: 300 };
    const crash = await real.activate('main = () => process.exit(1)', { name: 'crash' });
    assert.equal(crash.statusCode, 2);
    const late = await real.activate('main = () => new Promise(() => setInterval(() => 0, 1000))', {
      name: 'late',
      action: { limits },
    });
    assert.deepEqual(resultOf(late), { error: 'The action exceeded its time limits of 300 milliseconds.' });
    assert.equal(annotation(late, 'timeout'), true);
    const lateInit = await real.activate('for (;;);', { name: 'late-init', action: { limits } });
    assert.deepEqual(resultOf(lateInit), {
      error: 'The action exceeded its time limits of 300 milliseconds during initialization.',
    });
    await waitUntil('none is left', () => real.states.length === 0, 30_000);
  });

  it('AI-311 a warm runtime that is killed: the next call succeeds in a new one, and is recorded once', async () => {
    const real = await start();
    for (let round = 0; round < 5; round += 1) {
      const pid = await real.pid();
      process.kill(pid, 'SIGKILL');
      // Not waited for: the invoker may or may not know already.
      const next = await real.activate(tellPid);
      assert.equal(next.statusCode, 0);
      assert.notEqual((resultOf(next) as { pid: number }).pid, pid);
    }
    assert.equal(await real.store.count({ namespace: 'guest' }), 10);
  });

  it('AI-312 the deadline is the start plus the limit', async () => {
    const real = await start();
    const code = 'main = () => ({ deadline: Number(process.env.__OW_DEADLINE) })';
    await real.activate(code);
    const second = await real.activate(code);
    const { deadline } = JSON.parse(second.result) as { deadline: number };
    assert.equal(deadline, recordOf(second).start + defaultActionLimits.timeout);
  });

  it('AI-313 a result of exactly 1 MiB passes, one byte more and 5 MB are application errors', async () => {
    const real = await start();
    const code = 'main = ({ n }) => ({ a: "x".repeat(n) })';
    const exact = await real.activate(code, { content: { n: megabyte - 8 } });
    assert.deepEqual([exact.statusCode, exact.result.length], [0, megabyte]);
    for (const n of [megabyte - 7, 5 * megabyte]) {
      const { statusCode, result } = await real.activate(code, { content: { n } });
      assert.equal(statusCode, 1);
      const text = `exceeded the allowed length: ${String(n + 8)} > 1048576 bytes. The truncated response was: `;
      assert.ok(result.includes(text), result.slice(0, 200));
    }
    assert.deepEqual(real.states, ['idle']);
  });

  it('AI-310, AI-314, AI-317: truncated logs keep the result and end the runtime; a developer error has the warning', async () => {
    const real = await start();
    const code = 'main = () => { for (let i = 0; i < 20000; i++) console.log("x".repeat(80)); return { done: true } }';
    const none = await real.activate(code, { name: 'none', action: { limits: { ...defaultActionLimits, logs: 0 } } });
    assert.deepEqual([none.statusCode, logsOf(none)], [0, []]);
    const cut = await real.activate(code, { name: 'cut', action: { limits: { ...defaultActionLimits, logs: 1 } } });
    assert.deepEqual(resultOf(cut), { done: true });
    assert.match(logsOf(cut).at(-1) ?? '', /Logs were truncated because .* the limit of 1048576 bytes\.$/);
    const broken = await real.activate('main = () => { console.log("hi"); throw new Error("no") }', { name: 'broken' });
    assert.match(logsOf(broken).at(-1) ?? '', /did not initialize or run as expected\. Log data might/);
    await waitUntil('one is left', () => real.states.length === 1, 30_000);
  });

  it('AI-318, AI-319: the key only where it is wished, init parameters only in the environment', async () => {
    const real = await start();
    const code =
      'main = (args) => ({ args, key: process.env.__OW_API_KEY ?? null, secret: process.env.SECRET, api: process.env.__OW_API_HOST })';
    const message = { initEnvironment: { SECRET: 's' } };
    const without = resultOf(await real.activate(code, { message, content: { a: 1 } }));
    assert.deepEqual(without, { args: { a: 1 }, key: null, secret: 's', api: 'http://127.0.0.1:1' });
    const wished = { name: 'wished', action: { annotations: [{ key: 'provide-api-key', value: true }] } };
    const withKey = resultOf(await real.activate(code, { ...wished, message })) as { key: string };
    assert.equal(withKey.key, 'user:secret');
  });

  it('AI-323 draining waits for what runs and leaves no process', async () => {
    const real = await start();
    const idle = await real.pid({ name: 'idle' });
    const running = real.activate('main = () => new Promise((r) => setTimeout(() => r({ pid: process.pid }), 300))');
    await real.invoker.drain(60_000);
    const { pid } = resultOf(await running) as { pid: number };
    await gone(pid);
    await gone(idle);
    assert.deepEqual(real.states, []);
  });

  it('AI-070 one runtime runs activations that wait for each other, where the limit allows it; alone it keeps its logs', async () => {
    const real = await start();
    const code = `let n = 0, open; const all = new Promise((resolve) => (open = resolve));
      async function main({ i }) { console.log('line ' + i); if (++n >= 20) open(); await all; return { i, pid: process.pid } }`;
    const action = { limits: { ...defaultActionLimits, concurrency: 20 } };
    const calls = Array.from({ length: 20 }, (_, i) => real.activate(code, { action, content: { i } }));
    const finished = await Promise.all(calls);
    const results = finished.map((one) => resultOf(one) as { i: number; pid: number });
    assert.deepEqual(
      results.map(({ i }) => i),
      Array.from({ length: 20 }, (_, i) => i),
    );
    assert.equal(new Set(results.map(({ pid }) => pid)).size, 1);
    for (const one of finished) assert.match(String(logsOf(one)), /stderr: Logs are not collected while several/);
    const alone = await real.activate(code, { action, content: { i: 20 } });
    assert.match(String(logsOf(alone)), /^\S+Z stdout: line 20$/);
  });
});
