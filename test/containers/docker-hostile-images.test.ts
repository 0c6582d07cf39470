import assert from 'node:assert/strict';
import type { Container, RuntimeOutcome } from '../../src/lib/containers/container.js';
import { ContainerCreationError } from '../../src/lib/containers/container-factory.js';
import { openTestEngine, removeTestImages, skipNote, testEngine, TestDockerDriver } from '../helpers/docker-driver.js';
import { buildHostileImages, type HostileImage, hostileImage } from '../helpers/hostile-images.js';
import { collect, initialize, run, wideBounds } from '../helpers/process-driver.js';
import { waitUntil } from '../helpers/wait-until.js';

(testEngine === undefined ? describe.skip : describe)(`images of users in the docker driver${skipNote}`, function () {
  this.timeout(120_000);
  let driver: TestDockerDriver;
  let removeImages: () => Promise<void>;

  before(async () => {
    removeImages = await buildHostileImages();
    driver = await TestDockerDriver.start();
  });

  after(async () => {
    await driver.remove();
    await removeImages();
    await removeTestImages();
  });

  const create = (image: string): Promise<Container> =>
    driver.factory.create({ kind: 'blackbox', image, memory: 128, environment: {}, purpose: 'guest/hostile' });
  const using = async (name: HostileImage, use: (container: Container) => Promise<void>): Promise<void> => {
    const container = await create(hostileImage(name));
    try {
      await use(container);
    } finally {
      await container.destroy();
    }
  };
  const init = (container: Container): Promise<RuntimeOutcome> => initialize(container, { code: '' });
  const refusal = (creation: Promise<Container>, fault: string, message: string): Promise<void> =>
    assert.rejects(creation, (error) => {
      assert.ok(error instanceof ContainerCreationError);
      assert.deepEqual([error.fault, error.message], [fault, message]);
      return true;
    });

  it('AI-321 an image that is not there is the fault of who named it', () =>
    refusal(create('rt-test/absent:1'), 'developer', "Failed to pull container image 'rt-test/absent:1'."));

  it('AI-321 an image whose command is not in it is named', () =>
    using('no-such-command', async (container) => {
      const error = `executable file not found in image ${hostileImage('no-such-command')}`;
      assert.deepEqual(await init(container), { type: 'answer', status: 502, body: JSON.stringify({ error }) });
    }));

  it('ends /init at the time limit when nobody listens', () =>
    using('never-listens', async (container) => {
      const outcome = await container.send('/init', '{}', { ...wideBounds, timeout: 700 });
      assert.deepEqual(outcome, { type: 'timeout' });
    }));

  it('waits for a runtime that listens late', () =>
    using('listens-late', async (container) => {
      assert.deepEqual(await init(container), { type: 'answer', status: 200, body: '{"ok":true}' });
    }));

  it('passes nonsense on as the answer that it is', () =>
    using('answers-nonsense', async (container) => {
      await init(container);
      assert.deepEqual(await run(container), { type: 'answer', status: 200, body: '<html>/run' });
    }));

  it('accepts an answer in chunks', () =>
    using('answers-in-chunks', async (container) => {
      assert.deepEqual(await init(container), { type: 'answer', status: 200, body: '{"a":1}' });
    }));

  it('AI-261 loses the request when the runtime dies during /init, and keeps its last words', () =>
    using('dies-in-init', async (container) => {
      assert.deepEqual(await init(container), { type: 'lost', outOfMemory: false });
      const { stdout } = await collect(container, { limit: 1e6, developerError: true });
      assert.deepEqual(stdout, ['farewell']);
      await container.gone;
    }));

  it('AI-261 loses the request when the runtime dies during /run', () =>
    using('dies-in-run', async (container) => {
      await init(container);
      assert.deepEqual(await run(container), { type: 'lost', outOfMemory: false });
      assert.deepEqual(await run(container), { type: 'unreachable' });
    }));

  it('AI-260, AI-262 ends at the time limit when no answer comes, and keeps the logs', () =>
    using('never-answers', async (container) => {
      const outcome = await container.send('/init', '{}', { ...wideBounds, timeout: 3000 });
      assert.deepEqual(outcome, { type: 'timeout' });
      assert.deepEqual((await collect(container, { limit: 1e6, developerError: true })).stdout, ['/init']);
    }));

  it('loses the request when the runtime cuts the connection', () =>
    using('cuts-connections', async (container) => {
      assert.deepEqual(await init(container), { type: 'lost', outOfMemory: false });
    }));

  it('passes a 503 on, by which a runtime says that it shuts down', () =>
    using('shuts-down', async (container) => {
      assert.deepEqual(await run(container), { type: 'answer', status: 503, body: '{}' });
    }));

  it('AI-316 takes the logs so far of an image without sentinels, without a warning', () =>
    using('writes-no-sentinels', async (container) => {
      await init(container);
      await run(container);
      await waitUntil('the log has come', async () => {
        const { stdout, stderr } = await collect(container);
        assert.deepEqual(stderr, []);
        return stdout.at(-1) === 'at /run';
      });
    }));

  it('AI-315 says that logs may be missing when an image that writes sentinels leaves one out', async () => {
    const kinds = { resolve: () => undefined, isLocalImage: () => true };
    const other = await TestDockerDriver.start({ manifest: kinds });
    const image = hostileImage('one-sentinel-only');
    const request = { kind: 'blackbox', image, memory: 128, environment: {}, purpose: 'guest/half' };
    const container = await other.factory.create(request);
    await run(container);
    const { lines, complete } = await container.collectLogs({ limit: 1e6, developerError: false });
    assert.equal(complete, false);
    assert.match(lines.join('\n'), /stdout: half\n.*stderr: There was an issue while collecting your logs/);
    await other.remove();
  });

  it('leaves nothing of all that behind', async () => {
    const engine = await openTestEngine();
    await driver.factory.dispose();
    assert.deepEqual(await engine.list(`org.openwhisk-rt.platform=${driver.options.mark}`), []);
  });
});
