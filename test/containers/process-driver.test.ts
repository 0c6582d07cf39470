import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, readFile, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ContainerCreationError } from '../../src/lib/containers/container-factory.js';
import { logSentinel } from '../../src/lib/containers/log-framing.js';
import { isRunning, readProcessState } from '../../src/lib/containers/process/process-state.js';
import { collect, initialize, resultOf, run, TestDriver, wideBounds } from '../helpers/process-driver.js';
import { waitUntil } from '../helpers/wait-until.js';

describe('process driver', () => {
  let driver: TestDriver;

  before(async () => {
    driver = await TestDriver.start();
  });

  after(() => driver.remove());

  describe('what an action sees', () => {
    const shellVariables = {
      ...{ AWS_SECRET_ACCESS_KEY: 'canary', GITHUB_TOKEN: 'canary', NPM_TOKEN: 'canary', SSH_AUTH_SOCK: '/canary' },
      ...{ NODE_OPTIONS: '--max-http-header-size=canary', HTTPS_PROXY: 'http://u:canary@x', NODE_PATH: '/canary' },
      ...{
        PYTHONPATH: '/canary',
        PYTHONSTARTUP: '/canary',
        LD_PRELOAD: '',
        USER: 'canary',
        TZ: 'Asia/Tokyo',
        LC_TIME: 'C',
      },
    };
    const sources = {
      'nodejs:20': 'function main() { return process.env }',
      'python:3': 'import os\ndef main(args):\n  return dict(os.environ)',
    };

    for (const [kind, source] of Object.entries(sources)) {
      it(`nothing of the user's environment but TZ and LC_* (RS-236): ${kind}`, async () => {
        const saved = { ...process.env };
        Object.assign(process.env, shellVariables);
        const other = await TestDriver.start({ environment: shellVariables }).finally(() => (process.env = saved));
        const container = await other.factory.create({
          ...{ kind, image: 'test', memory: 256, environment: { __OW_API_HOST: 'http://x' }, purpose: 'test' },
        });
        await initialize(container, { code: source, env: { MINE: 'yes' } });
        const seen = await resultOf(run(container));
        await other.remove();
        const { PATH, HOME, TMPDIR, __RT_MARK, PYTHONIOENCODING, LC_CTYPE, ...rest } = seen;
        assert.equal(PATH, process.env.PATH);
        assert.ok(String(HOME).startsWith(join(other.folder, 'boxes')) && HOME === TMPDIR);
        assert.ok(String(__RT_MARK).startsWith(other.options.mark));
        assert.deepEqual(
          { PYTHONIOENCODING, LC_CTYPE },
          { PYTHONIOENCODING: kind === 'python:3' ? 'UTF-8' : undefined, LC_CTYPE },
        );
        const wanted = { LANG: 'C.UTF-8', TZ: 'Asia/Tokyo', LC_TIME: 'C', __OW_API_HOST: 'http://x', MINE: 'yes' };
        assert.deepEqual(rest, wanted);
      });
    }

    it('no file or socket of the platform, and an empty stdin (RS-237)', async () => {
      const file = await open(join(driver.folder, 'canary'), 'w');
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const listing =
        'fs.readdirSync("/proc/self/fd").map((fd) => { try { return fs.readlinkSync("/proc/self/fd/" + fd) } catch { return "" } })';
      const container = await driver.createWith(
        'nodejs:20',
        `const fs = require("fs"); function main() { return { fds: ${listing}, stdin: fs.readFileSync(0, "utf8") } }`,
      );
      const { fds, stdin } = await resultOf(run(container));
      assert.equal(stdin, '');
      assert.ok(Array.isArray(fds) && !fds.some((target) => String(target).includes('canary')));
      const child = new Set((fds as string[]).filter((target) => target.startsWith('socket:')));
      // Its two streams and its link; none of the listening sockets of this process.
      assert.equal(child.size, 3);
      await file.close();
      server.close();
      await container.destroy();
    });

    it('openwhisk, but its own packages first, and no other package of the platform (AI-038)', async () => {
      const code = `function main() {
        const found = (name) => { try { require(name); return true } catch { return false } };
        return { openwhisk: typeof require("openwhisk"), fastify: found("fastify"), mocha: found("mocha") } }`;
      const container = await driver.createWith('nodejs:20', code);
      assert.deepEqual(await resultOf(run(container)), { openwhisk: 'function', fastify: false, mocha: false });
      await container.destroy();
    });
  });

  describe('boxes', () => {
    it('are private folders that go with their container, whatever the action has made of them', async () => {
      const code = `const fs = require("fs"); function main() {
        fs.mkdirSync("a/b", { recursive: true }); fs.writeFileSync("a/b/c", ""); fs.chmodSync("a", 0); return { box: process.cwd() } }`;
      const container = await driver.createWith('nodejs:20', code);
      const { box } = await resultOf(run(container));
      assert.equal((await lstat(String(box))).mode & 0o777, 0o700);
      await container.destroy();
      assert.equal(existsSync(String(box)), false);
    });

    it('are refused in a folder that others may write or that is a link (RS-249)', async () => {
      const open = join(driver.folder, 'open');
      await mkdir(open);
      await chmod(open, 0o777);
      const link = join(driver.folder, 'link');
      await symlink(driver.folder, link);
      for (const boxes of [open, link]) {
        const other = await TestDriver.start({ boxes });
        await assert.rejects(other.create('nodejs:20'), (error) => {
          return error instanceof ContainerCreationError && error.message.startsWith('no box can be made: ');
        });
        await other.remove();
      }
    });
  });

  describe('death of a runtime', () => {
    for (const kind of ['nodejs:20', 'python:3']) {
      it(`makes an idle container unreachable and tells the pool (RS-131): ${kind}`, async () => {
        const code = kind === 'python:3' ? 'def main(args): return {}' : 'function main() {}';
        const container = await driver.createWith(kind, code);
        await resultOf(run(container));
        process.kill(Number(container.driverId), 'SIGKILL');
        await container.gone;
        assert.deepEqual(await run(container), { type: 'unreachable' });
        await container.destroy();
      });

      it(`just before a request never runs it twice: ${kind}`, async () => {
        const code = kind === 'python:3' ? 'def main(args): return {}' : 'function main() {}';
        const container = await driver.createWith(kind, code);
        process.kill(Number(container.driverId), 'SIGKILL');
        assert.deepEqual(await run(container), { type: 'unreachable' });
        await container.destroy();
      });
    }

    it('by its own signal loses the request', async () => {
      const container = await driver.createWith(
        'nodejs:20',
        'function main() { process.kill(process.pid, "SIGKILL") }',
      );
      assert.deepEqual(await run(container), { type: 'lost', outOfMemory: false });
      await container.destroy();
    });

    it('takes everything with it that it has started, also detached children (RS-143)', async () => {
      const code = `const { spawn } = require("child_process"); function main() {
        const start = (detached) => spawn("sleep", ["1000"], { detached, stdio: "ignore" }).pid;
        return { pids: [start(false), start(true)] } }`;
      const container = await driver.createWith('nodejs:20', code);
      const { pids } = await resultOf(run(container));
      const states = await Promise.all((pids as number[]).map(readProcessState));
      await container.destroy();
      for (const state of states) assert.ok(state !== undefined && !(await isRunning(state)));
    });

    it('loses an open request when the container is destroyed', async () => {
      const marker = join(driver.folder, 'started');
      const container = await driver.createWith(
        'nodejs:20',
        `function main() { require("fs").writeFileSync(${JSON.stringify(marker)}, ""); return new Promise(() => {}) }`,
      );
      const outcome = run(container);
      await waitUntil('the action runs', () => existsSync(marker));
      await container.destroy();
      assert.deepEqual(await outcome, { type: 'lost', outOfMemory: false });
    });

    it('follows when an action writes to the link or closes it (RS-509)', async () => {
      const codes = [
        'function main() { require("fs").writeSync(3, "nonsense\\n"); return new Promise(() => {}) }',
        'function main() { require("fs").closeSync(3); return new Promise(() => {}) }',
        'function main() { require("fs").writeSync(3, "1 200 2\\n{}99 200 2\\n{}"); return new Promise(() => {}) }',
      ];
      for (const code of codes) {
        const container = await driver.createWith('nodejs:20', code);
        assert.equal((await run(container)).type, 'lost');
        await container.gone;
        await container.destroy();
      }
    });
  });

  describe('logs', () => {
    it('are not ended or shifted by a printed sentinel (RS-507)', async () => {
      const code = `function main({ n }) { console.log("${logSentinel}"); console.log("run " + n) }`;
      const container = await driver.createWith('nodejs:20', code);
      for (const n of [1, 2]) {
        await run(container, { n });
        assert.deepEqual(await collect(container), { stdout: [`run ${String(n)}`], stderr: [], truncated: false });
      }
      await container.destroy();
    });

    it('do not get output that comes after the answer (AI-327)', async () => {
      const code = `function main() { setTimeout(() => { console.log("late"); require("fs").writeFileSync("printed", "") }, 20); return { box: process.cwd() } }`;
      const container = await driver.createWith('nodejs:20', code);
      const { box } = await resultOf(run(container));
      assert.deepEqual((await collect(container)).stdout, []);
      await waitUntil('the late line is written', () => existsSync(join(String(box), 'printed')));
      // One turn of the event loop, in which the platform reads it.
      await new Promise((resolve) => setTimeout(resolve));
      await resultOf(run(container));
      assert.deepEqual((await collect(container)).stdout, []);
      await container.destroy();
    });

    for (const [kind, code] of [
      [
        'nodejs:20',
        'function main() { for (let i = 0; i < 4000; i++) console.log("line " + i + " " + "x".repeat(80)); process.stdout.write("no line feed") }',
      ],
      [
        'python:3',
        'def main(args):\n  for i in range(4000): print("line", i, "x" * 80)\n  print("no line feed", end="")\n  return {}',
      ],
    ] as const) {
      it(`are complete when the answer comes, 350 KB of them: ${kind}`, async () => {
        const container = await driver.createWith(kind, code);
        await resultOf(run(container));
        const { stdout } = await collect(container);
        assert.deepEqual(
          [stdout.length, stdout.at(-2)?.startsWith('line 3999 '), stdout.at(-1)],
          [4001, true, 'no line feed'],
        );
        await container.destroy();
      });
    }

    it('are complete when the action ends its process after a flood', async () => {
      const code = 'function main() { for (let i = 0; i < 4000; i++) console.log("x".repeat(80)); process.exit(1) }';
      const container = await driver.createWith('nodejs:20', code);
      assert.equal((await run(container)).type, 'lost');
      assert.equal((await collect(container)).stdout.length, 4000);
      await container.destroy();
    });

    it('of 50 MB do not cost the platform its memory, and the time limit holds (RS-506)', async () => {
      const code =
        'function main() { const s = "x".repeat(1023); for (let i = 0; i < 50000; i++) console.log(s); for (;;) process.stdout.write(s) }';
      const container = await driver.createWith('nodejs:20', code);
      const before = process.memoryUsage().rss;
      assert.deepEqual(await run(container, {}, { ...wideBounds, timeout: 2000 }), { type: 'timeout' });
      assert.ok((await collect(container)).truncated);
      assert.ok(process.memoryUsage().rss - before < 150 * 1024 * 1024);
      await container.destroy();
    });
  });

  it('waits for every child that it started (RS-153)', async () => {
    const containers = await Promise.all([driver.create('nodejs:20'), driver.create('nodejs:20')]);
    await Promise.all(containers.map((container) => container.destroy()));
    for (const { driverId } of containers) assert.equal(await readProcessState(Number(driverId)), undefined);
  });

  it('stops an idle container and continues it when pausing is switched on', async () => {
    const other = await TestDriver.start({ pause: true });
    const container = await other.createWith('nodejs:20', 'function main() { return {} }');
    const state = async (): Promise<string | undefined> => (await readProcessState(Number(container.driverId)))?.state;
    await container.pause();
    await waitUntil('the process is stopped', async () => (await state()) === 'T');
    await container.resume();
    assert.deepEqual(await resultOf(run(container)), {});
    await container.pause();
    await container.destroy();
    await other.remove();
  });

  it('says so when its own launcher has been removed (RS-151)', async () => {
    const other = await TestDriver.start({ launchers: join(driver.folder, 'nowhere') });
    await assert.rejects(
      other.create('nodejs:20'),
      /nodejs\.cjs is missing, perhaps rt was updated or removed; restart/,
    );
    assert.deepEqual(await readdir(other.options.boxes), []);
    await other.remove();
  });

  it('listens on nothing (RS-246)', async () => {
    const container = await driver.createWith('nodejs:20', 'function main() {}');
    const inodes = await Promise.all(
      (await readdir(`/proc/${container.driverId}/fd`)).map((fd) =>
        readlink(`/proc/${container.driverId}/fd/${fd}`).catch(() => ''),
      ),
    );
    const tables = await Promise.all(
      ['tcp', 'tcp6', 'udp'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
    );
    for (const inode of inodes.map((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1]).filter((n) => n !== undefined)) {
      assert.ok(!tables.some((table) => table.split('\n').some((line) => line.split(/\s+/).includes(inode))));
    }
    await container.destroy();
  });
});
