import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { platformPaths } from '../../src/lib/platform/platform-paths.js';
import { readPlatformState } from '../../src/lib/platform/state-file.js';
import { runRt, type RunResult } from '../helpers/run-rt.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';
import { type Answer, TestPlatform } from '../helpers/test-platform.js';

const code = 'function main(args) { return args; }';

describe('the limits of a platform', function () {
  this.timeout(60_000);

  describe('that runs', () => {
    let platform: TestPlatform;
    before(async () => {
      platform = await TestPlatform.create();
    });
    after(async () => {
      await platform.stop({ timeout: 0 });
      await platform.dispose();
    });

    it('19.3 decide how large actions may be, of which kind, and whether their records are kept', async () => {
      const guest = { maxActionMemory: 1024, allowedKinds: ['nodejs:default'], storeActivations: false };
      await platform.ensure({ ephemeral: true, limits: { namespaces: { guest } } });
      const put = (name: string, kind: string, memory: number): Promise<Answer> =>
        platform.request('PUT', `actions/${name}`, { exec: { kind, code }, limits: { memory } });
      const saved = await put('large', 'nodejs:default', 1024);
      assert.equal(saved.status, 200);
      assert.equal((await put('larger', 'nodejs:default', 1025)).status, 400);
      assert.equal((await put('other', 'python:default', 256)).status, 403);
      const answer = await platform.request('POST', 'actions/large?blocking=true', { a: 1 });
      const { activationId, response } = answer.body as { activationId: string; response: { result: unknown } };
      assert.deepEqual([answer.status, response.result], [200, { a: 1 }]);
      assert.equal((await platform.request('GET', `activations/${activationId}`)).status, 404);
      assert.deepEqual((await platform.request('GET', 'activations')).body, []);
      const limits = (await platform.request('GET', 'limits')).body as Record<string, unknown>;
      const { kind } = (saved.body as { exec: { kind: string } }).exec;
      assert.deepEqual(
        [limits['maxActionMemory'], limits['allowedKinds'], limits['storeActivations']],
        [1024, [kind], false],
      );
    });
  });

  describe('rt platform start --limits', () => {
    let folder: TemporaryFolder;
    const env = (): Record<string, string> => ({
      RT_HOME: `${folder.path}/rt-home`,
      RT_PLATFORM_PORT: '0',
      PATH: process.env.PATH ?? '',
    });
    const rt = (...argv: string[]): Promise<RunResult> =>
      runRt(['platform', ...argv], { env: env(), home: folder.path });
    const file = (text: string): string => {
      const path = `${folder.path}/limits.json`;
      writeFileSync(path, text);
      return path;
    };
    const isRunning = (): boolean =>
      readPlatformState(
        platformPaths({
          ...{ env: env(), home: folder.path, temporary: folder.path, cwd: folder.path },
          ...{ platform: process.platform, user: process.getuid?.() },
        }),
      ) !== undefined;

    beforeEach(() => {
      folder = temporaryFolder();
    });
    afterEach(async () => {
      await rt('stop', '--force');
      folder.dispose();
    });

    it('14.1 starts with them, shows them, and is as good as started only with the same ones', async () => {
      const limits = { default: { invocationsPerMinute: 100 }, namespaces: { guest: { firesPerMinute: 5 } } };
      const path = file(JSON.stringify(limits));
      assert.equal((await rt('start', '--ephemeral', '--limits', path)).status, 0);
      const status = JSON.parse((await rt('status', '--json')).stdout) as Record<string, unknown>;
      assert.deepEqual(status['limits'], limits);
      assert.match((await rt('status')).stdout, /\nlimits: +all namespaces, guest\n/);
      assert.equal((await rt('start', '--limits', path)).status, 0);
      file('{"default": {"invocationsPerMinute": 7}}');
      const other = await rt('start', '--limits', path);
      assert.equal(other.status, 5);
      assert.match(other.stderr, /with other options: --limits \{"default":\{"invocationsPerMinute":7\}/);
    });

    it('14.1 refuses a bad file before anything is started', async () => {
      const cases: [string, RegExp][] = [
        [
          file('{"namespaces": {"guest": {"rate": 1}}}'),
          /limits\.json': namespaces\.guest\.rate: no such member; there are /,
        ],
        [`${folder.path}/none.json`, /the limits file '.*none\.json' cannot be read: there is no such file/],
      ];
      for (const [path, text] of cases) {
        const { status, stderr } = await rt('start', '--limits', path);
        assert.equal(status, 2, stderr);
        assert.match(stderr, text);
      }
      assert.equal(isRunning(), false);
    });

    it('14.1 names a kind that the manifest does not have', async () => {
      const path = file('{"default": {"allowedKinds": ["cobol:1"]}}');
      const { status, stderr } = await rt('start', '--limits', path);
      assert.equal(status, 5);
      assert.match(stderr, /--limits: the runtimes manifest has no kind 'cobol:1'\nhint: rt kind list/);
      assert.equal(isRunning(), false);
    });
  });
});
