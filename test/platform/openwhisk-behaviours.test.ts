import assert from 'node:assert/strict';
import type { WhiskActivation } from '../../src/lib/entity/activation.js';
import { type Answer, TestPlatform } from '../helpers/test-platform.js';

/** Behaviours that only a real runtime shows; the numbers are those of the list of behaviours of the REST API. */
describe('invocations of real runtimes', () => {
  let platform: TestPlatform;
  let count = 0;

  before(async () => {
    platform = await TestPlatform.create();
    await platform.ensure({ ephemeral: true });
  });

  after(async () => {
    await platform.stop({ timeout: 0 });
    await platform.dispose();
  });

  /** Creates an action of that code and invokes it; `query` is added to `blocking=true`. */
  async function invoke(
    code: string,
    more: { limits?: object; annotations?: object[]; query?: string } = {},
  ): Promise<Answer> {
    count += 1;
    const { query = '', ...fields } = more;
    const name = `action${String(count)}`;
    const created = await platform.request('PUT', `actions/${name}`, { exec: { kind: 'nodejs:20', code }, ...fields });
    assert.equal(created.status, 200, JSON.stringify(created.body));
    return platform.request('POST', `actions/${name}?blocking=true${query}`, {});
  }

  async function record(code: string, more: Parameters<typeof invoke>[1] = {}): Promise<WhiskActivation> {
    const { activationId } = (await invoke(code, more)).body as { activationId: string };
    return (await platform.request('GET', `activations/${activationId}`)).body as WhiskActivation;
  }

  function annotation({ annotations }: WhiskActivation, key: string): unknown {
    return annotations.find((entry) => entry.key === key)?.value;
  }

  const developerErrors: readonly [string, string, RegExp][] = [
    ['23.104 an action that throws', 'main = () => { throw new Error("boom") }', /boom/],
    ['23.108 an action with a syntax error', 'function main( {', /SyntaxError/],
    ['23.109 empty code', '', /no code to execute/],
    ['23.110 an action that returns a string', 'main = () => "text"', /did not return a dictionary/],
  ];
  for (const [title, code, error] of developerErrors) {
    it(`${title} is 502, an action developer error`, async () => {
      const { status, body } = await invoke(code);
      assert.equal(status, 502);
      const { response } = body as WhiskActivation;
      assert.equal(response.status, 'action developer error');
      assert.match(String((response.result as { error: unknown }).error), error);
      const onlyResult = await invoke(code, { query: '&result=true' });
      assert.equal(onlyResult.status, 502);
      assert.match(String((onlyResult.body as { error: unknown }).error), error);
    });
  }

  it('23.107 a rejected promise is 502 with the rejection value as error', async () => {
    const { status, body } = await invoke('main = () => Promise.reject({ reason: 7 })', { query: '&result=true' });
    assert.deepEqual({ status, body }, { status: 502, body: { error: { reason: 7 } } });
  });

  it('23.112 an action that returns nothing or an empty object is 200 with {}', async () => {
    for (const code of ['main = () => {}', 'main = () => ({})']) {
      assert.deepEqual(await invoke(code, { query: '&result=true' }), { status: 200, body: {} });
    }
  });

  it('23.113 an action beyond its timeout is 502 with the text and the annotation', async () => {
    const activation = await record('main = () => new Promise(() => setInterval(() => 0, 100))', {
      limits: { timeout: 300 },
    });
    const error = 'The action exceeded its time limits of 300 milliseconds.';
    assert.deepEqual(activation.response.result, { error });
    assert.equal(annotation(activation, 'timeout'), true);
  });

  it('23.126 the context is in the environment, the key only when it is asked for', async () => {
    const code =
      'main = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("__OW_")))';
    const activation = await record(code);
    const context = activation.response.result as Record<string, string>;
    assert.deepEqual(
      [context.__OW_NAMESPACE, context.__OW_ACTION_NAME, context.__OW_ACTIVATION_ID, context.__OW_ACTION_VERSION],
      ['guest', `/guest/${activation.name}`, activation.activationId, '0.0.1'],
    );
    assert.match(context.__OW_DEADLINE ?? '', /^\d{13}$/);
    assert.equal(context.__OW_API_KEY, undefined);
    const asked = await record(code, { annotations: [{ key: 'provide-api-key', value: true }] });
    assert.match((asked.response.result as Record<string, string>).__OW_API_KEY ?? '', /^[0-9a-f-]{36}:.{64}$/);
  });

  it('23.130 a result of more than 1 MB is 502, an application error with the truncated text', async () => {
    const { status, body } = await invoke('main = () => ({ text: "a".repeat(1100000) })');
    assert.equal(status, 502);
    const { response } = body as WhiskActivation;
    assert.equal(response.status, 'application error');
    assert.match(
      (response.result as { error: string }).error,
      /^The action produced a response that exceeded the allowed length: 1100011 > 1048576 bytes\. The truncated response was: \{"text":"aaa/,
    );
  });

  it('23.133 the record has path, kind, limits, timeout, waitTime, and initTime on a cold start', async () => {
    const activation = await record('main = () => ({})');
    assert.equal(annotation(activation, 'path'), `guest/${activation.name}`);
    assert.equal(annotation(activation, 'kind'), 'nodejs:20');
    const limits = { timeout: 60_000, memory: 256, logs: 10, concurrency: 1 };
    assert.deepEqual(annotation(activation, 'limits'), limits);
    assert.equal(annotation(activation, 'timeout'), false);
    assert.equal(typeof annotation(activation, 'waitTime'), 'number');
    assert.equal(typeof annotation(activation, 'initTime'), 'number');
  });

  it('23.134 logs have time, stream and text', async () => {
    const { logs } = await record('main = () => { console.log("out"); console.error("err"); return {} }');
    const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z\s+(stdout|stderr): (.*)$/;
    const parts = logs.map((line) => form.exec(line)?.slice(1).join(' '));
    assert.deepEqual(parts.sort(), ['stderr err', 'stdout out']);
  });

  it('23.137 with a log limit of 0 there are no logs', async () => {
    const { logs } = await record('main = () => { console.log("out"); return {} }', { limits: { logs: 0 } });
    assert.deepEqual(logs, []);
  });

  it('23.138 output beyond the log limit ends with the truncation text', async () => {
    const code = 'main = () => { for (let i = 0; i < 2000; i += 1) console.log("x".repeat(1000)); return {} }';
    const { logs, response } = await record(code, { limits: { logs: 1 } });
    assert.equal(response.success, true);
    assert.match(
      logs.at(-1) ?? '',
      /stderr: Logs were truncated because the total bytes size exceeds the limit of 1048576 bytes\.$/,
    );
  });

  it('23.139 after a developer error the last log line warns on stderr', async () => {
    const { logs } = await record('main = () => { throw new Error("boom") }');
    assert.match(
      logs.at(-1) ?? '',
      /stderr: The action did not initialize or run as expected\. Log data might be missing\.$/,
    );
  });
});
