import assert from 'node:assert/strict';
import { readPlatformState } from '../../src/lib/platform/state-file.js';
import { type Answer, TestPlatform } from '../helpers/test-platform.js';

describe('two platforms with different data folders', function () {
  this.timeout(90_000);
  const names = ['one', 'two'] as const;
  let platforms: readonly TestPlatform[] = [];

  beforeEach(async () => {
    platforms = await Promise.all(names.map((name) => TestPlatform.create(name)));
    await Promise.all(platforms.map((platform) => platform.ensure()));
  });
  afterEach(async () => {
    await Promise.all(platforms.map((platform) => platform.dispose()));
  });

  const stateOf = (
    platform: TestPlatform,
  ): { readonly url: string; readonly auth: string; readonly dataDir: string } => {
    const { url = '', auth = '', dataDir = '' } = readPlatformState(platform.paths) ?? {};
    return { url, auth, dataDir };
  };

  async function namesOf(platform: TestPlatform, collection: string): Promise<string[]> {
    const { body } = await platform.request('GET', collection);
    return (body as { name: string }[]).map(({ name }) => name).sort();
  }

  /** What an action `who` says, and how many entities and records there are. */
  async function contents(platform: TestPlatform): Promise<object> {
    const answer: Answer = await platform.request('POST', 'actions/who?blocking=true&result=true', {});
    const count = await platform.request('GET', 'activations?count=true&name=who');
    return {
      who: answer.body,
      actions: await namesOf(platform, 'actions'),
      triggers: await namesOf(platform, 'triggers'),
      count: count.body,
    };
  }

  it('4 run side by side, each with its own key, entities and activations', async () => {
    const [one, two] = platforms.map(stateOf);
    assert.ok(one !== undefined && two !== undefined);
    for (const member of ['url', 'auth', 'dataDir'] as const) assert.notEqual(one[member], two[member]);
    const foreign = await fetch(`${two.url}/api/v1/namespaces/_/actions`, {
      headers: { authorization: `Basic ${Buffer.from(one.auth).toString('base64')}`, connection: 'close' },
    });
    assert.equal(foreign.status, 401);
    await foreign.text();
    const prepare = async (platform: TestPlatform, index: number): Promise<void> => {
      const name = names[index] ?? '';
      await platform.putAction('who', `main = () => ({ platform: '${name}', host: process.env.__OW_API_HOST })`);
      await platform.request('PUT', `triggers/${name}`, {});
    };
    await Promise.all(platforms.map(prepare));
    const found = await Promise.all(platforms.map(contents));
    assert.deepEqual(
      found,
      [one, two].map(({ url }, index) => ({
        who: { platform: names[index], host: url },
        actions: ['who'],
        triggers: [names[index]],
        count: { activations: 1 },
      })),
    );
  });

  it('4 do not notice when the other stops, dies or forgets', async () => {
    const [first, second] = platforms;
    assert.ok(first !== undefined && second !== undefined);
    for (const [index, platform] of platforms.entries()) {
      await platform.putAction('who', `main = () => ({ platform: '${names[index] ?? ''}' })`);
    }
    await contents(second);
    await first.kill();
    assert.deepEqual(await contents(second), {
      who: { platform: 'two' },
      actions: ['who'],
      triggers: [],
      count: { activations: 2 },
    });
    await first.ensure({ clean: true });
    assert.deepEqual(await namesOf(first, 'actions'), []);
    await first.stop({ timeout: 0 });
    assert.deepEqual(await namesOf(second, 'actions'), ['who']);
    assert.equal((await second.request('POST', 'actions/who?blocking=true', {})).status, 200);
  });
});
