import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ControlClient } from '../../src/lib/platform/control-client.js';
import { identify } from '../../src/lib/platform/process-identity.js';
import { type PlatformState, writePlatformState } from '../../src/lib/platform/state-file.js';
import { RtError } from '../../src/lib/errors/rt-error.js';
import { eventually, TestPlatform } from '../helpers/test-platform.js';

describe('a platform in trouble', function () {
  this.timeout(90_000);
  let platform: TestPlatform;
  beforeEach(async () => {
    platform = await TestPlatform.create();
  });
  afterEach(() => platform.dispose());

  const control = (): ControlClient => new ControlClient({ socket: platform.paths.socket, timeout: 5_000 });

  /** What a failing start or stop tells the user. */
  async function failureOf(work: Promise<unknown>): Promise<RtError> {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof RtError, String(error));
    assert.equal(error.exitStatus, 5);
    return error;
  }

  for (const starters of [2, 10]) {
    it(`is one platform for ${String(starters)} callers that start it at once (RS-141, C-75)`, async () => {
      const ensured = await Promise.all(Array.from({ length: starters }, () => platform.ensure()));
      assert.equal(ensured.filter(({ started }) => started).length, 1);
      assert.equal(new Set(ensured.map(({ state }) => state.instanceId)).size, 1);
      assert.equal((await platform.request('GET', 'actions')).status, 200);
    });
  }

  it('comes back after kill -9 with everything that was acknowledged (RS-101 to RS-104, RS-121)', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const { state } = await platform.ensure();
      const name = `hello-${String(round)}`;
      await platform.putAction(name, `main = () => ({round: ${String(round)}})`);
      await platform.putAction('slow', 'main = () => new Promise(done => setTimeout(done, 60000, {}))');
      const done = await platform.request('POST', `actions/${name}?blocking=true`, {});
      const accepted = (await platform.request('POST', 'actions/slow', {})).body as { activationId: string };
      const containers = await control().containers();
      await platform.kill();
      const { state: next } = await platform.ensure();
      assert.notEqual(next.pid, state.pid);
      assert.equal((await platform.request('GET', `actions/${name}`)).status, 200);
      const { activationId } = done.body as { activationId: string };
      assert.deepEqual((await platform.request('GET', `activations/${activationId}`)).body, done.body);
      const closed = (await platform.request('GET', `activations/${accepted.activationId}`)).body as {
        end?: number;
        response: unknown;
      };
      assert.ok(closed.end !== undefined);
      assert.deepEqual(closed.response, {
        status: 'whisk internal error',
        success: false,
        result: { error: 'The platform stopped while this activation was running.' },
      });
      for (const { driverId } of containers) assert.equal(identify(Number(driverId)), undefined, driverId);
      await platform.stop();
      assert.deepEqual(readdirSync(platform.paths.run).sort(), ['lock', 'platform.log']);
    }
  });

  it('never sends a signal to a stranger that has the id of a dead platform (RS-144)', async () => {
    const { state } = await platform.ensure();
    await platform.kill();
    // Started later, so that it cannot have the start time of the platform.
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
    try {
      const stale: PlatformState = { ...state, pid: stranger.pid ?? 0 };
      writePlatformState(platform.paths, stale);
      assert.deepEqual(await platform.stop(), { stopped: false });
      assert.deepEqual(await platform.stop({ force: true }), { stopped: false });
      assert.equal((await platform.ensure()).started, true);
      await platform.stop();
      assert.notEqual(identify(stranger.pid ?? 0), undefined);
    } finally {
      stranger.kill('SIGKILL');
      await once(stranger, 'exit');
    }
  });

  it('starts in spite of a damaged state file, and is found without one', async () => {
    const { state } = await platform.ensure();
    writeFileSync(platform.paths.state, '{"pid": ');
    assert.equal((await platform.ensure()).state.instanceId, state.instanceId);
    await platform.stop();
    writeFileSync(platform.paths.state, 'rubbish');
    assert.equal((await platform.ensure()).started, true);
  });

  it('names the port and the program that has it (RS-147)', async () => {
    const stranger: Server = createServer().listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    try {
      const error = await failureOf(platform.ensure({ port }));
      assert.match(error.message, new RegExp(`^port ${String(port)} is in use by `));
      if (process.platform === 'linux') assert.match(error.message, new RegExp(`\\(pid ${String(process.pid)}\\)$`));
      assert.deepEqual(readdirSync(platform.paths.run).sort(), ['lock', 'platform.log']);
    } finally {
      stranger.close();
    }
    assert.equal((await platform.ensure({ port })).state.url, `http://127.0.0.1:${String(port)}`);
  });

  it('says what is wrong with a damaged store, and starts once that was reset (RS-123)', async () => {
    await platform.ensure();
    await platform.stop();
    const path = join(platform.paths.data, 'entities.db');
    writeFileSync(path, 'rubbish '.repeat(1000));
    const error = await failureOf(platform.ensure());
    assert.match(error.message, /^the local store .*entities\.db is damaged: /);
    assert.match(error.hint ?? '', /rt platform reset/);
    assert.equal((await platform.ensure({ clean: true })).started, true);
  });

  it('refuses a data folder that another platform uses', async () => {
    const other = await TestPlatform.create();
    try {
      const dataDir = platform.paths.data;
      await platform.ensure();
      const error = await failureOf(other.ensure({ dataDir }));
      assert.match(error.message, /another local platform uses the store/);
    } finally {
      await other.dispose();
    }
  });

  it('refuses drivers, keys and manifests that it cannot use', async () => {
    Object.assign(platform.deps.environment, { DOCKER_HOST: 'unix:///nowhere.sock' });
    assert.match(
      (await failureOf(platform.ensure({ driver: 'docker' }))).message,
      /^--driver docker: .* does not exist/,
    );
    const known = { name: 'guest', uuid: '23bc46b1-71f6-4ed5-8c54-816aa4f8c502', key: 'k'.repeat(64) };
    const open = platform.ensure({ host: '0.0.0.0', users: [known] });
    assert.match((await failureOf(open)).message, /well-known key of guest/);
    await assert.rejects(platform.ensure({ runtimes: '{"runtimes": 1}' }), /runtimes manifest/);
    await assert.rejects(platform.ensure({ runtimes: 'no JSON' }), /runtimes manifest/);
    assert.equal(existsSync(platform.paths.state), false);
  });

  it('is left alone while it hangs, and ended by force (RS-130)', async () => {
    const { state } = await platform.ensure();
    platform.signal('SIGSTOP');
    assert.match((await failureOf(platform.ensure())).message, /does not answer/);
    assert.match((await failureOf(platform.stop())).message, /does not answer/);
    assert.equal((await platform.stop({ force: true })).pid, state.pid);
    assert.equal(identify(state.pid), undefined);
    assert.equal((await platform.ensure()).started, true);
  });

  it('is not started again after three crashes within a minute (RS-152)', async () => {
    await platform.ensure();
    await platform.stop();
    const now = Date.now();
    writeFileSync(
      platform.paths.crashes,
      [now - 90_000, now - 3000, now - 2000].map((time) => `${String(time)}\n`).join(''),
    );
    assert.equal((await platform.ensure()).started, true);
    await platform.stop();
    writeFileSync(platform.paths.crashes, [now - 3000, now - 2000, now].map((time) => `${String(time)}\n`).join(''));
    const error = await failureOf(platform.ensure());
    assert.match(error.message, /crashed 3 times within a minute/);
    assert.ok(error.hint?.includes(platform.paths.log));
  });

  it('is not inherited by the pipes of its first caller (RS-148)', async function () {
    if (process.platform !== 'linux') this.skip();
    const { state } = await platform.ensure();
    const { readlinkSync } = await import('node:fs');
    const target = (descriptor: number): string => readlinkSync(`/proc/${String(state.pid)}/fd/${String(descriptor)}`);
    assert.equal(target(0), '/dev/null');
    assert.deepEqual([target(1), target(2)], [platform.paths.log, platform.paths.log]);
    assert.equal(readlinkSync(`/proc/${String(state.pid)}/cwd`), '/');
    await eventually(() => identify(state.pid) !== undefined);
  });
});
