import assert from 'node:assert/strict';
import openwhisk from 'openwhisk';
import { type Json, textOf } from '../helpers/controller-under-test.js';
import { waitUntil } from '../helpers/wait-until.js';
import { type EphemeralPlatform, startEphemeralPlatform } from '../conformance/ephemeral-platform.js';

type Call = (options?: object | string) => Promise<Json>;

/** What the client offers for one collection; its own declarations leave out half of it. */
interface Operations {
  readonly create: Call;
  readonly update: Call;
  readonly get: Call;
  readonly list: Call;
  readonly delete: Call;
  readonly invoke: Call;
  readonly enable: Call;
  readonly disable: Call;
  readonly logs: Call;
  readonly result: Call;
}

type Client = Readonly<
  Record<'actions' | 'activations' | 'feeds' | 'namespaces' | 'packages' | 'routes' | 'rules' | 'triggers', Operations>
>;

/** A feed of the test's own: it remembers nothing and answers what it was asked. */
const feedCode = `function main({ lifecycleEvent, triggerName, authKey, ...rest }) {
  if (rest.fail) return { error: 'no such source' };
  return { lifecycleEvent, triggerName, hasKey: typeof authKey === 'string', rest };
}`;

const greetCode =
  'function main({ name = "stranger" }) { console.log("greeting"); return { greeting: `Hello, ${name}!` }; }';

describe('the npm client openwhisk', function () {
  this.timeout(60_000);
  let platform: EphemeralPlatform;
  let ow: Client;
  before(async () => {
    platform = await startEphemeralPlatform();
    ow = clientFor(platform.target.auth);
  });
  after(() => platform.dispose());

  const clientFor = (key: string): Client => {
    const options = { apihost: platform.target.origin, api_key: key, apigw_token: 'DUMMY TOKEN' };
    return openwhisk(options) as unknown as Client;
  };

  /** The error of the client: its own class, with the status and the body. */
  const fails = async (work: Promise<unknown>, statusCode: number, text: RegExp): Promise<void> => {
    await assert.rejects(work, (error: Error & { readonly statusCode?: number; readonly error?: unknown }) => {
      assert.equal(error.name, 'OpenWhiskError');
      assert.equal(error.statusCode, statusCode, error.message);
      assert.match(error.message, text);
      assert.equal(typeof error.error, 'object');
      return true;
    });
  };

  const namesIn = (entities: Json | undefined): string[] =>
    Object.values(entities ?? {})
      .map(({ name }) => textOf(name))
      .sort();

  it('lists namespaces', async () => {
    assert.deepEqual(await ow.namespaces.list(), [platform.target.namespace]);
  });

  it('creates, updates, gets, lists, invokes and deletes actions', async () => {
    await ow.actions.create({ name: 'greet', action: greetCode, params: { name: 'Bob' } });
    await fails(ow.actions.create({ name: 'greet', action: greetCode }), 409, /resource already exists/);
    const updated = await ow.actions.update({ name: 'greet', action: greetCode, params: { name: 'Ann' } });
    assert.equal(updated['version'], '0.0.2');
    const { exec } = (await ow.actions.get({ name: 'greet' })) as unknown as {
      readonly exec: { readonly code: string };
    };
    assert.equal(exec.code, greetCode);
    assert.deepEqual(namesIn(await ow.actions.list()), ['greet']);
    const result = await ow.actions.invoke({ name: 'greet', blocking: true, result: true, params: { name: 'Eve' } });
    assert.deepEqual(result, { greeting: 'Hello, Eve!' });
    await ow.actions.delete({ name: 'greet' });
    await fails(ow.actions.get({ name: 'greet' }), 404, /The requested resource does not exist/);
  });

  it('finds the record, the result and the logs of an activation', async () => {
    await ow.actions.create({ name: 'recorded', action: greetCode });
    const { activationId } = await ow.actions.invoke({ name: 'recorded', blocking: true });
    const named = { name: textOf(activationId) };
    const result = { greeting: 'Hello, stranger!' };
    assert.deepEqual((await ow.activations.get(named))['response']?.['result'], result);
    assert.deepEqual((await ow.activations.result(named))['result'], result);
    assert.match(textOf((await ow.activations.logs(named))['logs']?.['0']), /stdout: greeting$/);
    const listed = await ow.activations.list({ name: 'recorded' });
    assert.deepEqual(
      Object.values(listed).map((found) => found['activationId']),
      [activationId],
    );
    await ow.actions.delete('recorded');
    await fails(ow.activations.get({ name: 'f'.repeat(32) }), 404, /does not exist/);
  });

  it('reports the error result of an action as an error', async () => {
    await ow.actions.create({ name: 'failing', action: 'function main() { return { error: "out of order" }; }' });
    await fails(ow.actions.invoke({ name: 'failing', blocking: true }), 502, /out of order/);
    await ow.actions.delete({ name: 'failing' });
  });

  it('creates, updates, gets, lists and deletes packages, and actions in them', async () => {
    await ow.packages.create({ name: 'tools', package: { publish: true } });
    await ow.packages.update({ name: 'tools', package: { parameters: [{ key: 'name', value: 'package' }] } });
    await ow.actions.create({ name: 'tools/greet', action: greetCode });
    assert.deepEqual(namesIn((await ow.packages.get({ name: 'tools' }))['actions']), ['greet']);
    assert.deepEqual(namesIn(await ow.packages.list()), ['tools']);
    const result = await ow.actions.invoke({ name: 'tools/greet', blocking: true, result: true });
    assert.deepEqual(result, { greeting: 'Hello, package!' });
    await fails(ow.packages.delete({ name: 'tools' }), 409, /not empty/);
    await ow.actions.delete({ name: 'tools/greet' });
    await ow.packages.delete({ name: 'tools' });
    assert.deepEqual(await ow.packages.list(), []);
  });

  it('fires triggers through rules, which it creates, disables, enables and deletes', async () => {
    await ow.actions.create({ name: 'greet', action: greetCode });
    await ow.triggers.create({ name: 'tick', trigger: { parameters: [{ key: 'name', value: 'trigger' }] } });
    await ow.triggers.update({ name: 'tick', trigger: { annotations: [{ key: 'a', value: 1 }] } });
    await ow.rules.create({ name: 'often', trigger: 'tick', action: 'greet' });
    assert.deepEqual([namesIn(await ow.triggers.list()), namesIn(await ow.rules.list())], [['tick'], ['often']]);
    const { activationId } = await ow.triggers.invoke({ name: 'tick' });
    const listed = async (): Promise<boolean> => namesIn(await ow.activations.list({ name: 'tick' })).length > 0;
    await waitUntil('the record of the trigger', listed);
    const { logs } = await ow.activations.logs({ name: textOf(activationId) });
    assert.match(textOf(logs), /"rule":"[^"]*often"/);
    await ow.rules.disable({ name: 'often' });
    assert.equal((await ow.rules.get({ name: 'often' }))['status'], 'inactive');
    await ow.rules.enable({ name: 'often' });
    assert.equal((await ow.rules.get({ name: 'often' }))['status'], 'active');
    await fails(ow.rules.create({ name: 'bad', trigger: 'no', action: 'greet' }), 400, /trigger .*no does not exist/);
    await ow.rules.delete({ name: 'often' });
    await ow.triggers.delete({ name: 'tick' });
    await ow.actions.delete({ name: 'greet' });
    await fails(ow.triggers.get({ name: 'tick' }), 404, /does not exist/);
  });

  it('runs the life of a feed through a feed action', async () => {
    await ow.actions.create({ name: 'source', action: feedCode });
    await ow.triggers.create({ name: 'tick' });
    const feed = { feedName: 'source', trigger: 'tick' };
    const shown = async (activation: Promise<Json>): Promise<unknown> => (await activation)['response']?.['result'];
    const expected = { triggerName: '/_/tick', hasKey: true, rest: {} };
    assert.deepEqual(await shown(ow.feeds.create({ ...feed, params: { cron: '* * * * *' } })), {
      ...expected,
      lifecycleEvent: 'CREATE',
      rest: { cron: '* * * * *' },
    });
    assert.deepEqual(await shown(ow.feeds.get(feed)), { ...expected, lifecycleEvent: 'READ' });
    assert.deepEqual(await shown(ow.feeds.update(feed)), { ...expected, lifecycleEvent: 'UPDATE' });
    assert.deepEqual(await shown(ow.feeds.delete(feed)), { ...expected, lifecycleEvent: 'DELETE' });
    await fails(ow.feeds.create({ ...feed, params: { fail: true } }), 502, /no such source/);
    await fails(ow.feeds.create({ ...feed, feedName: 'nowhere' }), 404, /does not exist/);
    await ow.triggers.delete({ name: 'tick' });
    await ow.actions.delete({ name: 'source' });
  });

  it('creates routes, which answer, gets, lists and deletes them', async () => {
    await ow.actions.create({ name: 'greet', action: greetCode, annotations: { 'web-export': true } });
    const route = { basepath: '/hi', relpath: '/all', operation: 'get', action: 'greet' };
    await fails(ow.routes.create({ ...route, relpath: '/{name}' }), 502, /must use a response type of '.http'/);
    const made = await ow.routes.create(route);
    const endpoint = `${textOf(made['gwApiUrl'])}/all`;
    assert.deepEqual(await (await fetch(`${endpoint}?name=route`)).json(), { greeting: 'Hello, route!' });
    const apis = [{ id: 'Not Used', key: 'Not Used', value: made }];
    assert.deepEqual(await ow.routes.get({ basepath: '/hi' }), { apis });
    await ow.routes.delete(route);
    assert.deepEqual(await ow.routes.list(), { apis: [] });
    await fails(ow.routes.delete({ basepath: '/hi' }), 502, /API '\/hi' does not exist/);
    assert.equal((await fetch(endpoint)).status, 404);
    await ow.actions.delete({ name: 'greet' });
  });

  it('reports a wrong key as an error of its own', async () => {
    const stranger = clientFor(`${'0'.repeat(36)}:${'x'.repeat(64)}`);
    await fails(stranger.actions.list(), 401, /authentication is invalid/);
  });
});
