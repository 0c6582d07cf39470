import assert from 'node:assert/strict';
import { readPlatformState } from '../../src/lib/platform/state-file.js';
import { eventually, TestPlatform } from '../helpers/test-platform.js';

type Body = Readonly<Record<string, unknown>>;

describe('the packages of whisk.system', function () {
  this.timeout(60_000);
  let platform: TestPlatform;
  beforeEach(async () => {
    platform = await TestPlatform.create();
    await platform.ensure();
  });
  afterEach(async () => {
    await platform.dispose();
  });

  /** A blocking invocation of an action of `whisk.system`. */
  async function invoke(action: string, given: object): Promise<{ readonly status: number; readonly body: Body }> {
    const answer = await platform.request('POST', `../whisk.system/actions/${action}?blocking=true&result=true`, given);
    return { status: answer.status, body: answer.body as Body };
  }

  function alarm(feed: string, lifecycleEvent: string, more: object = {}): ReturnType<typeof invoke> {
    const authKey = readPlatformState(platform.paths)?.auth;
    return invoke(`alarms/${feed}`, { lifecycleEvent, triggerName: '/guest/t', authKey, ...more });
  }

  async function activationsOf(name: string): Promise<number> {
    return ((await platform.request('GET', `activations?name=${name}`)).body as unknown[]).length;
  }

  it('are public and list their feeds', async () => {
    const { status, body } = await platform.request('GET', '../whisk.system/packages/alarms');
    assert.equal(status, 200);
    const { feeds, actions, parameters, publish } = body as Body & { readonly feeds: readonly { name: string }[] };
    assert.deepEqual(feeds.map(({ name }) => name).sort(), ['alarm', 'interval', 'once']);
    assert.deepEqual([actions, publish], [[], true]);
    assert.deepEqual(parameters, [
      { key: 'apihost', value: '' },
      { key: 'trigger_payload', value: '' },
    ]);
  });

  it('have actions that run', async () => {
    const lines = ['b', 'a'];
    const expected: readonly (readonly [string, object, object])[] = [
      ['utils/echo', { a: 1 }, { a: 1 }],
      ['utils/cat', { lines }, { lines, payload: 'b\na' }],
      ['utils/split', { payload: 'b\na' }, { lines, payload: 'b\na' }],
      ['utils/sort', { lines }, { lines: ['a', 'b'], length: 2 }],
      ['utils/head', { lines }, { lines: ['b'], num: 1 }],
      ['utils/smash', { a: 1, b: { c: 2 }, $fieldName: 'p' }, { p: { a: 1, b: { c: 2 } } }],
      ['utils/smash', { a: 1 }, { error: "Expected an argument '$fieldName' of type 'string'." }],
      ['utils/namespace', {}, { namespace: 'guest' }],
      ['samples/greeting', { name: 'Ada' }, { payload: 'Hello, Ada from somewhere!' }],
      ['samples/helloWorld', { a: 1 }, { a: 1 }],
      ['samples/wordCount', { payload: ' one  two\nthree ' }, { count: 3 }],
    ];
    for (const [action, given, result] of expected)
      assert.deepEqual((await invoke(action, given)).body, result, action);
    assert.match(String((await invoke('utils/date', {})).body['date']), /^\d{4}-/);
  });

  it('tell the URLs of actions and triggers', async () => {
    const host = readPlatformState(platform.paths)?.url ?? '';
    const expected: readonly (readonly [object, object])[] = [
      [{}, { url: `${host}/api/v1/namespaces/guest/actions` }],
      [{ path: 'p/a' }, { url: `${host}/api/v1/namespaces/guest/actions/p/a` }],
      [{ path: 't', trigger: true }, { url: `${host}/api/v1/namespaces/guest/triggers/t` }],
      [{ path: 'a', web: true }, { url: `${host}/api/v1/web/guest/default/a.json` }],
      [{ path: 'p/a', web: true, ext: '.http' }, { url: `${host}/api/v1/web/guest/p/a.http` }],
      [
        { path: 'a', web: true, ext: '.exe' },
        { error: 'extension for web action must be one of [".json", ".text", ".html", ".http"].' },
      ],
      [{ path: 'p/t', trigger: true }, { error: 'triggers are not allowed in packages.' }],
      [{ path: 't', trigger: true, web: true }, { error: 'triggers are not allowed for web actions.' }],
    ];
    for (const [given, result] of expected) assert.deepEqual((await invoke('utils/hosturl', given)).body, result);
  });

  it('fetch what is at a URL', async () => {
    const host = readPlatformState(platform.paths)?.url ?? '';
    assert.deepEqual((await invoke('samples/curl', { payload: `${host}/ping` })).body, { msg: 'pong' });
    assert.deepEqual((await invoke('samples/curl', { payload: host.replace('http://', '') + '/ping' })).body, {
      msg: 'pong',
    });
    const none = await invoke('samples/curl', { payload: 'http://127.0.0.1:1/' });
    assert.equal(none.status, 200);
    assert.match(String(none.body['msg']), /127\.0\.0\.1/);
  });

  it('fire the trigger of an alarm, also after a restart what fell due meanwhile', async () => {
    await platform.putAction('tick', 'function main(args) { return args; }');
    await platform.request('PUT', 'triggers/t', {
      annotations: [{ key: 'feed', value: '/whisk.system/alarms/alarm' }],
    });
    await platform.request('PUT', 'rules/r', { trigger: '/_/t', action: '/_/tick' });
    const created = await alarm('alarm', 'CREATE', { cron: '* * * * * *', trigger_payload: { a: 1 } });
    assert.deepEqual([created.status, created.body], [200, { status: 'success' }]);
    await eventually(async () => (await activationsOf('tick')) > 0);
    const [last] = (await platform.request('GET', 'activations?name=tick&docs=true')).body as { response: Body }[];
    assert.deepEqual((last?.response['result'] as Body)['a'], 1);
    await platform.kill();
    await platform.ensure();
    const before = await activationsOf('tick');
    await eventually(async () => (await activationsOf('tick')) > before);
    assert.deepEqual((await alarm('alarm', 'DELETE')).body, { status: 'success' });
    assert.equal((await alarm('alarm', 'READ')).body['error'], 'could not find trigger /guest/t in the database');
  });

  it('keep a platform that nobody uses until the last alarm has fired', async () => {
    await platform.stop();
    const { state } = await platform.ensure({ autoStop: 300 });
    await platform.putAction('tick', 'function main(args) { return args; }');
    await platform.request('PUT', 'triggers/t', {});
    await platform.request('PUT', 'rules/r', { trigger: '/_/t', action: '/_/tick' });
    const date = Date.now() + 1_500;
    assert.equal((await alarm('once', 'CREATE', { date })).status, 200);
    await eventually(() => readPlatformState(platform.paths) === undefined);
    const restarted = await platform.ensure();
    assert.notEqual(restarted.state.instanceId, state.instanceId);
    const [fired] = (await platform.request('GET', 'activations?name=t&docs=true')).body as { start: number }[];
    assert.ok(fired !== undefined && fired.start >= date && fired.start < restarted.state.started);
    const { body } = await alarm('once', 'READ');
    assert.equal((body['status'] as Body)['reason'], 'Automatically disabled after firing once');
  });

  it('are written once: a start after the first changes nothing', async () => {
    const before = await platform.request('GET', '../whisk.system/packages/utils');
    await platform.stop();
    await platform.ensure();
    assert.deepEqual(await platform.request('GET', '../whisk.system/packages/utils'), before);
  });
});
