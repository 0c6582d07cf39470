import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { defaultPlatformOptions } from '../../src/lib/platform/launcher/platform-options.js';
import { PlatformLauncher } from '../../src/lib/platform/launcher/launcher.js';
import type { Spawn } from '../../src/lib/platform/launcher/spawn-program.js';
import { WaitingProgram } from '../../src/lib/platform/launcher/waiting-program.js';
import { isAlive, identify } from '../../src/lib/platform/process-identity.js';
import { eventually, TestPlatform } from '../helpers/test-platform.js';

describe('a platform program that was run before it is needed (P-10)', function () {
  this.timeout(60_000);
  let platform: TestPlatform;
  /** Every platform program that a test has run early. */
  let children: ChildProcess[];

  beforeEach(async () => {
    platform = await TestPlatform.create();
    children = [];
  });
  afterEach(async () => {
    await platform.stop({ force: true });
    for (const child of children) child.kill('SIGKILL');
    await platform.dispose();
  });

  const remembering = ((...args: Parameters<Spawn>) => {
    const child = spawn(...args);
    children.push(child);
    return child;
  }) as Spawn;

  function start(): { waiting: WaitingProgram; child: ChildProcess } {
    const waiting = WaitingProgram.start(remembering, platform.deps);
    const child = children.at(-1);
    assert.ok(waiting !== undefined && child !== undefined);
    return { waiting, child };
  }

  function ensure(waiting: WaitingProgram, environment = platform.deps.environment) {
    const options = { ...defaultPlatformOptions, driver: 'process', port: 0 } as const;
    return new PlatformLauncher({ ...platform.deps, environment, waiting }).ensure(options);
  }

  it('becomes the platform, with the log as its output', async () => {
    const { waiting, child } = start();
    const { state, started } = await ensure(waiting);
    assert.deepEqual(
      { pid: state.pid, started, programs: children.length },
      { pid: child.pid, started: true, programs: 1 },
    );
    assert.match(readFileSync(platform.paths.log, 'utf8'), /ready at/);
    if (process.platform !== 'linux') return;
    const outputs = [1, 2].map((descriptor) => readlinkSync(`/proc/${String(state.pid)}/fd/${String(descriptor)}`));
    assert.deepEqual(outputs, [platform.paths.log, platform.paths.log]);
  });

  it('touches nothing and ends by itself, without an error, when its link closes', async () => {
    const { child } = start();
    child.stdio[3]?.destroy();
    const [status] = (await once(child, 'exit')) as [number];
    assert.deepEqual({ status, home: existsSync(platform.paths.home) }, { status: 0, home: false });
  });

  it('is given away once', () => {
    const { waiting, child } = start();
    assert.equal(waiting.take(platform.deps), child);
    assert.equal(waiting.take(platform.deps), undefined);
  });

  it('is left alone when the platform needs another environment', async () => {
    const { waiting, child } = start();
    const { state } = await ensure(waiting, { ...platform.deps.environment, RT_ANOTHER: '1' });
    assert.notEqual(state.pid, child.pid);
  });

  it('that has died meanwhile is replaced by another one', async () => {
    const { waiting, child } = start();
    child.kill('SIGKILL');
    const { state, started } = await ensure(waiting);
    assert.deepEqual({ started, other: state.pid !== child.pid }, { started: true, other: true });
    await eventually(() => child.signalCode === 'SIGKILL');
  });

  it('that dies with the request in its queue is replaced by another one', async () => {
    const { waiting, child } = start();
    child.kill('SIGSTOP');
    const ensuring = ensure(waiting);
    setImmediate(() => child.kill('SIGKILL'));
    const { state } = await ensuring;
    assert.notEqual(state.pid, child.pid);
    const identity = identify(state.pid);
    assert.ok(identity !== undefined && isAlive(identity));
  });

  it('RS-141 gives way when another caller has the lock', async () => {
    const { waiting, child } = start();
    const [one, other] = await Promise.all([platform.ensure(), ensure(waiting)]);
    assert.equal(one.state.instanceId, other.state.instanceId);
    const loser = one.state.pid === child.pid ? undefined : child;
    if (loser?.exitCode === null) await once(loser, 'exit');
  });
});
