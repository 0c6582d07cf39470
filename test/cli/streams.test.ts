import assert from 'node:assert/strict';
import diagnostics from 'node:diagnostics_channel';
import { StubbedRt } from '../helpers/stubbed-rt.js';

const root = '/api/v1/namespaces/_';
const action = {
  namespace: 'guest',
  name: 'hello',
  version: '0.0.1',
  exec: { kind: 'nodejs:20', binary: false },
  annotations: [],
};
const activation = { activationId: '0123456789abcdef0123456789abcdef' };

/** Commands, the requests that each of them needs, and what they are answered with. */
const asking: readonly (readonly [string, readonly (readonly [string, unknown])[]])[] = [
  ['action list', [[`GET ${root}/actions?limit=30&skip=0`, [action]]]],
  ['action get hello', [[`GET ${root}/actions/hello?code=false`, action]]],
  ['action create hello hello.js', [[`PUT ${root}/actions/hello?overwrite=false`, action]]],
  ['action invoke hello', [[`POST ${root}/actions/hello?blocking=false&result=false`, activation]]],
  ['action invoke hello --result', [[`POST ${root}/actions/hello?blocking=true&result=true`, { ok: 1 }]]],
  ['trigger fire t', [[`POST ${root}/triggers/t`, activation]]],
  ['package list', [[`GET ${root}/packages?limit=30&skip=0`, []]]],
  ['namespace list', [['GET /api/v1/namespaces', ['guest']]]],
  ['kind list', [['GET /', { runtimes: {} }]]],
];

/** Commands that need no platform. */
const silent = [
  ...['--version', 'version', '--help', 'help action create', 'action', 'commands', 'completion bash'],
  ...['property get --apihost', 'config list', 'config path', 'context list', 'action creat', 'action create'],
];

describe('the streams of a command', () => {
  let rt: StubbedRt;
  let sockets = 0;
  const count = (): void => {
    sockets += 1;
  };

  beforeEach(async () => {
    rt = await StubbedRt.start();
    await rt.folder.write('hello.js', 'function main() {}');
    sockets = 0;
    diagnostics.subscribe('net.client.socket', count);
  });

  afterEach(async () => {
    diagnostics.unsubscribe('net.client.socket', count);
    await rt.close();
  });

  function expectRequests(requests: readonly (readonly [string, unknown])[]): void {
    for (const [what, body] of requests) rt.host.expect(what, { body: body as object });
  }

  for (const [line, requests] of asking) {
    it(`C-42: 'rt ${line}' has only the answer on stdout, whatever else there is to say`, async () => {
      expectRequests(requests);
      const plain = await rt.run(line);
      assert.deepEqual([plain.status, plain.stderr], [0, '']);
      assert.notEqual(plain.stdout, '');
      for (const flag of ['-v', '-d']) {
        expectRequests(requests);
        const traced = await rt.run(`${line} ${flag}`);
        assert.equal(traced.stdout, plain.stdout);
        assert.match(traced.stderr, /^> \w+ http:/mu);
      }
    });

    it(`C-50: 'rt ${line}' makes no request but its own`, async () => {
      expectRequests(requests);
      assert.equal((await rt.run(line)).status, 0);
      assert.equal(sockets, requests.length);
    });
  }

  for (const line of silent) {
    it(`C-50: 'rt ${line}' makes no connection`, async () => {
      await rt.run(line);
      assert.equal(sockets, 0);
    });
  }

  it('C-42: has nothing on stdout when a command fails, and notes and warnings on stderr', async () => {
    const refusal = { status: 404, body: { error: 'The requested resource does not exist.', code: 'tid' } };
    rt.host.expect(`GET ${root}/actions/hello?code=false`, refusal);
    const failed = await rt.run('action get hello');
    assert.equal(failed.stdout, '');
    assert.match(failed.stderr, /^error: Unable to get action 'hello'/u);
    rt.host.expect(`POST ${root}/actions/hello?blocking=true&result=true`, { body: { ok: 1 } });
    const noted = await rt.run(['action', 'invoke', 'hello', '-r', '-p', 'list', '[a,b]']);
    assert.equal(noted.stdout, '{\n    "ok": 1\n}\n');
    assert.match(noted.stderr, /^note: 'list' looks like JSON that lost its quotes/u);
  });
});
