import assert from 'node:assert/strict';
import { type EphemeralPlatform, startEphemeralPlatform } from '../conformance/ephemeral-platform.js';
import { type Json, textOf } from '../helpers/controller-under-test.js';
import { exchange } from '../helpers/http-exchange.js';
import { SeededRandom } from '../helpers/seeded-random.js';
import { exec } from '../helpers/web-actions-under-test.js';

interface Answer {
  readonly status: number;
  readonly json: Json;
}

describe('many requests at once', function () {
  this.timeout(60_000);
  let platform: EphemeralPlatform;
  before(async () => {
    platform = await startEphemeralPlatform();
  });
  after(() => platform.dispose());

  /** `path` stands below `/api/v1/`. */
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const { origin, auth } = platform.target;
    const { status, text } = await exchange({
      origin,
      method,
      path: `/api/v1/${path}`,
      headers: {
        Authorization: `Basic ${Buffer.from(auth).toString('base64')}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status, json: JSON.parse(text) as Json };
  };

  const own = 'namespaces/_';
  const put = (path: string, body: object): Promise<Answer> => send('PUT', `${own}/${path}`, body);
  const succeeded = (answers: readonly Answer[]): Json[] =>
    answers.filter(({ status }) => status === 200).map(({ json }) => json);
  const namesIn = (entities: Json | undefined): unknown[] =>
    Object.values(entities ?? {})
      .map(({ name }) => name)
      .sort();

  /** Sends groups of requests all at once in an order of their own; gives the answers by group. */
  async function atOnce(
    groups: Readonly<Record<string, readonly (() => Promise<Answer>)[]>>,
  ): Promise<(name: string) => Answer[]> {
    const random = new SeededRandom(Date.now() >>> 0);
    const requests = Object.entries(groups)
      .flatMap(([name, sends]) => sends.map((run) => ({ name, run, rank: random.below(1_000_000) })))
      .sort((one, other) => one.rank - other.rank);
    assert.equal(requests.length, 200);
    const answers = await Promise.all(requests.map(async ({ name, run }) => ({ name, answer: await run() })));
    return (wanted) => answers.filter(({ name }) => name === wanted).map(({ answer }) => answer);
  }

  const times = (amount: number, run: (at: number) => Promise<Answer>): (() => Promise<Answer>)[] =>
    Array.from({ length: amount }, (_, at) => () => run(at));

  it('keep every answer consistent with the store, and lose no update', async () => {
    for (const name of ['contended', 'victim', 'echo'])
      assert.equal((await put(`actions/${name}`, { exec })).status, 200);
    await put('triggers/busy', {});
    await put('packages/full', {});
    const answersOf = await atOnce({
      overwrites: times(40, (at) =>
        put('actions/contended?overwrite=true', { parameters: [{ key: 'at', value: at }] }),
      ),
      creations: times(20, (at) => put('actions/once', { exec, parameters: [{ key: 'at', value: at }] })),
      deletions: times(20, () => send('DELETE', `${own}/actions/victim`)),
      rules: times(30, (at) => put(`rules/rule${String(at)}`, { trigger: '/_/busy', action: '/_/echo' })),
      packaged: times(30, (at) => put(`actions/full/action${String(at)}`, { exec })),
      invocations: times(20, (at) => send('POST', `${own}/actions/echo?blocking=true`, { at })),
      routes: times(20, (at) => send('POST', 'web/whisk.system/apimgmt/createApi.http', routeTo(`/path${String(at)}`))),
      reads: times(20, () => send('GET', `${own}/actions/contended`)),
    });

    const overwrites = answersOf('overwrites');
    assert.ok(overwrites.every(({ status }) => status === 200 || status === 409));
    const written = new Map(succeeded(overwrites).map((json) => [json['version'], json]));
    // Each success is a version of its own, none is missing: nobody wrote over what he had not read.
    const versions = Array.from({ length: succeeded(overwrites).length }, (_, at) => `0.0.${String(at + 2)}`);
    assert.deepEqual([...written.keys()].map(String).sort(), [...versions].sort());
    const contended = (await send('GET', `${own}/actions/contended`)).json;
    assert.deepEqual(contended['parameters'], written.get(versions.at(-1) as unknown as Json)?.['parameters']);
    for (const { status, json } of answersOf('reads')) {
      assert.equal(status, 200);
      assert.deepEqual(json['parameters'], written.get(json['version'] as Json)?.['parameters'] ?? []);
    }

    const created = succeeded(answersOf('creations'));
    assert.equal(created.length, 1);
    assert.ok(answersOf('creations').every(({ status }) => status === 200 || status === 409));
    assert.deepEqual((await send('GET', `${own}/actions/once`)).json['parameters'], created[0]?.['parameters']);

    assert.equal(succeeded(answersOf('deletions')).length, 1);
    assert.ok(answersOf('deletions').every(({ status }) => [200, 404, 409].includes(status)));
    assert.equal((await send('GET', `${own}/actions/victim`)).status, 404);

    const rules = Object.keys((await send('GET', `${own}/triggers/busy`)).json['rules'] ?? {}).sort();
    const attached = succeeded(answersOf('rules')).map(({ name }) => `guest/${textOf(name)}`);
    assert.deepEqual(rules, attached.sort());
    assert.ok(answersOf('rules').every(({ status }) => status === 200 || status === 409));

    assert.equal(succeeded(answersOf('packaged')).length, 30);
    const listed = namesIn((await send('GET', `${own}/packages/full`)).json['actions']);
    assert.deepEqual(
      listed,
      succeeded(answersOf('packaged'))
        .map(({ name }) => name)
        .sort(),
    );

    for (const { status, json } of answersOf('invocations')) {
      assert.equal(status, 200);
      const record = await send('GET', `${own}/activations/${textOf(json['activationId'])}`);
      assert.deepEqual(record.json['response'], json['response']);
    }

    const apis = (await send('GET', 'web/whisk.system/apimgmt/getApi.http')).json['apis'];
    assert.equal(Object.keys(apis?.['0']?.['value']?.['apidoc']?.['paths'] ?? {}).length, 20);
    assert.ok(answersOf('routes').every(({ status }) => status === 200));
  });

  function routeTo(path: string): object {
    const action = {
      name: 'echo',
      namespace: '_',
      backendMethod: 'get',
      backendUrl: `${platform.target.origin}/api/v1/web/guest/default/echo.json`,
      authkey: 'uuid:key',
    };
    return { apidoc: { namespace: '_', gatewayBasePath: '/all', gatewayPath: path, gatewayMethod: 'get', action } };
  }
});
