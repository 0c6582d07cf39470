import assert from 'node:assert/strict';
import {
  buildTestImages,
  kindImages,
  openTestEngine,
  removeTestImages,
  skipNote,
  testEngine,
} from '../helpers/docker-driver.js';
import { runRt, type RunResult } from '../helpers/run-rt.js';
import { eventually, TestPlatform } from '../helpers/test-platform.js';

const label = 'org.openwhisk-rt.platform';

(testEngine === undefined ? describe.skip : describe)(`a platform with the docker driver${skipNote}`, function () {
  this.timeout(180_000);
  let platform: TestPlatform;
  const runtimes = JSON.stringify({
    runtimes: {
      nodejs: [{ kind: 'nodejs:20', default: true, image: { prefix: 'rt-test', ...nameAndTag('nodejs:20') } }],
    },
    blackboxes: [],
  });

  before(buildTestImages);
  after(removeTestImages);
  beforeEach(async () => {
    platform = await TestPlatform.create();
    Object.assign(platform.deps.environment, { DOCKER_HOST: testEngine?.name });
  });
  afterEach(async () => {
    await platform.stop({ force: true });
    await platform.dispose();
    const engine = await openTestEngine();
    for (const { id } of await engine.list(`${label}=${platform.paths.mark}`)) await engine.remove(id);
  });

  const containers = async (): Promise<number> =>
    (await (await openTestEngine()).list(`${label}=${platform.paths.mark}`)).length;
  const rt = (...argv: string[]): Promise<RunResult> =>
    runRt(argv, { env: { RT_HOME: platform.paths.home, DOCKER_HOST: testEngine?.name ?? '' } });

  it('runs actions in containers, which reach the API, and leaves none when it stops (AI-323, RS-145, RS-247)', async () => {
    const { state } = await platform.ensure({ driver: 'docker', runtimes });
    assert.deepEqual([state.driver, state.isolation, state.kinds], ['docker', 'container', 1]);
    const code = `async function main() {
      const answer = await fetch(process.env.__OW_API_HOST + '/api/v1');
      return { status: answer.status, api: process.env.__OW_API_HOST };
    }`;
    assert.equal((await platform.putAction('call', code)).status, 200);
    const answer = await platform.request('POST', 'actions/call?blocking=true&result=true', {});
    assert.equal((answer.body as { status: number }).status, 200);
    assert.doesNotMatch((answer.body as { api: string }).api, /0\.0\.0\.0|127\.0\.0\.1/);
    const status = JSON.parse((await rt('platform', 'status', '--json')).stdout) as { engine: { answering: boolean } };
    assert.equal(status.engine.answering, true);
    assert.ok((await containers()) > 0);
    await platform.stop();
    assert.equal(await containers(), 0);
  });

  it('takes the engine by itself when it has the image (cli.md §14.1)', async () => {
    const { state } = await platform.ensure({ driver: 'auto', runtimes });
    assert.equal(state.driver, 'docker');
  });

  it('RS-143 removes after a crash what the one before it left; prune does it without a platform', async () => {
    await platform.ensure({ driver: 'docker', runtimes });
    await eventually(async () => (await containers()) > 0);
    await platform.kill();
    assert.ok((await containers()) > 0);
    const pruned = await rt('platform', 'prune', '--force', '--json');
    assert.equal(pruned.status, 0, pruned.stderr);
    assert.equal(await containers(), 0);
    await platform.ensure({ driver: 'docker', runtimes });
    await eventually(async () => (await containers()) > 0);
    assert.match((await rt('platform', 'prune', '--force')).stdout, /^ok: nothing is left over\n$/);
    assert.ok((await containers()) > 0);
    await platform.kill();
    await platform.ensure({ driver: 'docker', runtimes, prewarm: [{ kind: 'nodejs:20', count: 0 }] });
    await eventually(async () => (await containers()) === 0);
  });
});

function nameAndTag(kind: string): { name: string; tag: string } {
  const [, name = '', tag = ''] = /^rt-test\/([^:]+):(.+)$/.exec(kindImages[kind] ?? '') ?? [];
  return { name, tag };
}
