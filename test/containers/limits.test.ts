import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import type { Container, RuntimeOutcome } from '../../src/lib/containers/container.js';
import { killMarked } from '../../src/lib/containers/process/marked-processes.js';
import { Sandbox } from '../../src/lib/containers/process/sandbox/sandbox.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import { initialize, resultOf, run, TestDriver, wideBounds } from '../helpers/process-driver.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const memoryText = { type: 'lost', outOfMemory: true } satisfies RuntimeOutcome;

/** Generous: a busy machine allocates slowly. */
const bounds = { ...wideBounds, timeout: 60_000 };

describe('limits of the process driver', function () {
  this.timeout(90_000);
  let driver: TestDriver;

  before(async () => {
    driver = await TestDriver.start();
  });

  after(() => driver.remove());

  async function small(kind: string, code: string): Promise<Container> {
    const container = await driver.factory.create({
      kind,
      image: 'test',
      memory: 128,
      environment: {},
      purpose: 'test',
    });
    const outcome = await initialize(container, { code });
    assert.ok(outcome.type === 'answer' && outcome.status === 200, JSON.stringify(outcome));
    return container;
  }

  async function outcomeOf(kind: string, code: string): Promise<RuntimeOutcome> {
    const container = await small(kind, code);
    try {
      return await run(container, {}, bounds);
    } finally {
      await container.destroy();
    }
  }

  it('AI-320, RS-501: end a node action whose heap outgrows its memory, with the text for memory', async () => {
    const code =
      'function main() { const all = []; for (;;) all.push(new Array(100000).fill({}).map((_, i) => ({ i }))); }';
    assert.deepEqual(await outcomeOf('nodejs:20', code), memoryText);
  });

  it('RS-501: hold buffers at the limit of the kernel, which the action can catch', async () => {
    const code = `function main() {
      const all = [];
      try { for (let count = 0; count < 100; count += 1) all.push(Buffer.alloc(16 * 1024 * 1024, 1)); }
      catch (error) { return { caught: all.length * 16 }; }
      return { caught: -1 };
    }`;
    const container = await small('nodejs:20', code);
    const outcome = await run(container, {}, bounds);
    await container.destroy();
    // Either the allocation fails inside, or the process ends for memory; in no case does it get 1.6 GB.
    if (outcome.type !== 'answer') assert.deepEqual(outcome, memoryText);
    else assert.match(outcome.body, /^\{"caught":\d+\}$/);
  });

  it('RS-501: end an action whose child processes together outgrow its memory', async () => {
    const code = `import os, time
def main(args):
    for _ in range(8):
        if os.fork() == 0:
            block = bytearray(os.urandom(1024)) * (60 * 1024)
            time.sleep(60)
            os._exit(0)
    time.sleep(60)
    return {}`;
    assert.deepEqual(await outcomeOf('python:3', code), memoryText);
  });

  it('RS-501: leave an allocation error that the action can catch to the action', async () => {
    const code = `def main(args):
    try:
        block = bytearray(2 * 1024 * 1024 * 1024)
    except MemoryError:
        return {"caught": True}
    return {"caught": False}`;
    const container = await small('python:3', code);
    assert.deepEqual(await resultOf(run(container, {}, bounds)), { caught: true });
    await container.destroy();
  });

  it('RS-503: end an action that starts more than 512 processes, also when they leave its group, and leave none', async () => {
    const code = `import os, signal, time
def main(args):
    for number in range(700):
        if os.fork() == 0:
            if number % 2: os.setsid()
            time.sleep(60)
            os._exit(0)
    time.sleep(60)
    return {"survived": True}`;
    const container = await small('python:3', code);
    const outcome = await run(container, {}, bounds);
    assert.ok(outcome.type !== 'answer' || outcome.status === 400, JSON.stringify(outcome));
    await container.destroy();
    const mark = `${driver.options.mark}:`;
    assert.equal(await killMarked((other) => other.startsWith(mark), systemClock), 0);
  });

  it('RS-505: let actions and what they start wait for the platform', async () => {
    const expected = Math.min(getPriority() + 5, 19);
    for (const [kind, code] of [
      [
        'nodejs:20',
        'main = () => ({ all: [require("os").getPriority(), Number(require("child_process").execFileSync("nice"))] })',
      ],
      [
        'python:3',
        'import os, subprocess\ndef main(args): return {"all": [os.getpriority(os.PRIO_PROCESS, 0), int(subprocess.check_output("nice"))]}',
      ],
    ] as const) {
      const container = await small(kind, code);
      assert.deepEqual(await resultOf(run(container)), { all: [expected, expected] }, kind);
      await container.destroy();
    }
  });

  it('RS-504, RS-237: give 1024 open files, no core files, and only the descriptors of a runtime', async () => {
    const code = `import os, resource
def main(args):
    names = ("NOFILE", "CORE", "FSIZE", "DATA")
    limits = {name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names}
    return {"limits": limits, "descriptors": [int(name) for name in os.listdir("/proc/self/fd")]}`;
    const container = await small('python:3', code);
    const { limits, descriptors } = await resultOf(run(container));
    const megabyte = 1024 * 1024;
    const data = (128 + 64) * megabyte;
    assert.deepEqual(limits, {
      NOFILE: [1024, 1024],
      CORE: [0, 0],
      FSIZE: [512 * megabyte, 512 * megabyte],
      DATA: [data, data],
    });
    // 4 is the folder that is being listed.
    assert.deepEqual(descriptors, [0, 1, 2, 3, 4]);
    await container.destroy();
  });

  it('are not set with --sandbox none, and nothing else is claimed', async () => {
    const free = await TestDriver.start({ sandbox: 'none' });
    const code = 'import resource\ndef main(args): return {"data": resource.getrlimit(resource.RLIMIT_DATA)[0]}';
    const container = await free.createWith('python:3', code);
    const own = /^Max data size\s+(\S+)/m.exec(await readFile('/proc/self/limits', 'utf8'))?.[1];
    assert.deepEqual(await resultOf(run(container)), { data: own === 'unlimited' ? -1 : Number(own) });
    assert.equal(await free.factory.isolation(), 'none');
    await free.remove();
  });

  it('are what `isolation` says when they are proven', async () => {
    assert.equal(await driver.factory.isolation(), 'limits');
  });

  it('RS-513: hide the home folder and other processes inside namespaces, and leave only the box writable', async function () {
    const home = temporaryFolder();
    const secret = join(home.path, 'secret.txt');
    await writeFile(secret, 'mine');
    const shut = await TestDriver.start({ sandbox: 'namespaces', environment: { HOME: home.path } });
    try {
      if ((await shut.factory.isolation()) !== 'namespaces') {
        console.warn('SKIPPED LOUDLY: namespaces: bubblewrap is missing or forbidden here');
        this.skip();
      }
      const code = `import os
def main(args):
    def writes(path):
        try:
            open(path, "w").close()
            return True
        except OSError:
            return False
    return {"home": os.path.exists(args["secret"]), "processes": len([p for p in os.listdir("/proc") if p.isdigit()]) < 10,
            "outside": writes("/etc/rt-test"), "box": writes("file"), "data": writes(os.environ["HOME"] + "/other")}`;
      const container = await shut.createWith('python:3', code);
      const seen = { home: false, processes: true, outside: false, box: true, data: true };
      assert.deepEqual(await resultOf(run(container, { secret })), seen);
      await container.destroy();
    } finally {
      await shut.remove();
      home.dispose();
    }
  });

  it('RS-513: fall back from namespaces to limits where bubblewrap is missing, and say so once', async () => {
    const messages: string[] = [];
    const sandbox = new Sandbox({
      ...{ mode: 'namespaces', path: '/nowhere', home: undefined, visible: [], hidden: [] },
      onFallback: (message) => messages.push(message),
    });
    assert.equal(await sandbox.isolation(), 'limits');
    assert.equal(await sandbox.isolation(), 'limits');
    assert.deepEqual(messages, [
      'namespaces do not work here: bwrap was not found; install it, for example with apt-get install bubblewrap',
    ]);
  });
});
