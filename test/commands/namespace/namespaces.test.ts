import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

const root = '/api/v1/namespaces/_';

describe('rt namespace', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(async () => {
    await rt.close();
  });

  it('refuses what is no list of namespaces', async () => {
    rt.host.expect('GET /api/v1/namespaces', { body: { a: 1 } });
    const { status, stderr } = await rt.run('namespace list');
    assert.match(
      stderr,
      /^error: Unable to obtain the list of available namespaces: the host did not answer with a list/,
    );
    assert.equal(status, 3);
  });

  it('names the error of the host', async () => {
    rt.host.expect('GET /api/v1/namespaces', { status: 401, body: { error: 'no such key', code: 'tid' } });
    const { status, stderr } = await rt.run('namespace list');
    assert.match(stderr, /^error: Unable to obtain the list of available namespaces: no such key \(code tid\)\n/);
    assert.equal(status, 145);
  });

  it('asks for the limits of the namespace that is configured', async () => {
    rt.host.expect('GET /api/v1/namespaces/mine/limits', { body: '{"maxParameterSize":"1048576 B","n":1.0}' });
    const { stdout } = await rt.run('namespace limits --namespace mine');
    assert.equal(stdout, 'Limit            Value\nmaxParameterSize 1048576 B\nn                1.0\n');
  });

  it('refuses what is no namespace before any request', async () => {
    for (const command of ['get', 'clean', 'limits']) {
      const { status, stderr } = await rt.run(`namespace ${command} foo`);
      assert.match(stderr, /^error: An entity name, 'foo', was provided instead of a namespace\./);
      assert.equal(status, 2);
    }
  });

  describe('with four collections', () => {
    const answers = new Map<string, [number, unknown]>([
      ['GET packages', [200, [{ namespace: 'guest', name: 'p' }]]],
      ['GET actions', [200, ['guest/p', 'guest'].map((namespace) => ({ namespace, name: 'a' }))]],
      ['GET triggers', [200, [{ namespace: 'guest', name: 't' }]]],
      ['GET rules', [200, ['r', 's'].map((name) => ({ namespace: 'guest', name, trigger: { name: 't' } }))]],
      ['GET rules/r', [500, { error: 'sorry', code: 'tid' }]],
      ['GET rules/s', [200, { namespace: 'guest', name: 's', trigger: { name: 't' }, status: 'active' }]],
      ['DELETE rules/r', [200, {}]],
      ['DELETE rules/s', [404, { error: 'gone', code: 'tid' }]],
      ['GET triggers/t', [200, {}]],
      ['DELETE triggers/t', [200, {}]],
      ['DELETE actions/p/a', [404, { error: 'gone', code: 'tid' }]],
      ['DELETE actions/a', [403, { error: 'not yours', code: 'tid' }]],
    ]);
    const server = createServer((request, response) => {
      const path = (request.url ?? '').replace(`${root}/`, '').replace(/\?.*/, '');
      const [code, body] = answers.get(`${request.method ?? ''} ${path}`) ?? [599, {}];
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    let env: Record<string, string>;

    before(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      env = { RT_APIHOST: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
    });

    after(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    it('C-51: clean tells what it deleted before the first failure, and goes over what is gone already', async () => {
      const { status, stdout, stderr } = await rt.run('namespace clean --force', { env });
      assert.equal(stdout, 'ok: deleted rule r\nok: deleted trigger t\n');
      assert.match(stderr, /^error: Unable to delete action 'a': not yours \(code tid\)\n/);
      assert.equal(status, 147);
    });

    it('C-70: get shows ? and a warning for a rule whose status cannot be read', async () => {
      const { status, stdout, stderr } = await rt.run('namespace get', { env });
      assert.match(
        stdout,
        /\n\/guest\/t +private 1 active .*\nrules\n\/guest\/r +private \? .*\n\/guest\/s +private active .*\n$/,
      );
      assert.equal(stderr, "warning: Unable to get status of rule 'r': sorry (code tid)\n");
      assert.equal(status, 0);
    });
  });

  describe('log-forwarding', () => {
    const settings = '/runtime/namespaces/ns1/logForwarding';

    it('asks for the name of the namespace, which the address needs, and quotes nothing it was given in secret', async () => {
      rt.host
        .expect('GET /api/v1/namespaces', { body: ['ns1'] })
        .expect(`PUT ${settings}`, { body: '{"new_relic":{}}' });
      const line = 'namespace log-forwarding set new-relic --base-uri https://nr --license-key k3y';
      assert.equal((await rt.run(line)).status, 0);
      assert.deepEqual(rt.lastBody, { new_relic: { base_uri: 'https://nr', license_key: 'k3y' } });
    });

    it('says that a platform has none', async () => {
      rt.host.expect(`GET ${settings}`, { status: 404, body: { error: 'x' } });
      const { status, stderr } = await rt.run('ns lf get --namespace ns1');
      assert.deepEqual([status, stderr], [148, 'error: this platform has no log forwarding\n']);
    });

    it('shows errors of both forms, one a line', async () => {
      const body = { configured_forwarder: 'splunk_hec', errors: ['refused', { time: 1, message: 'x' }] };
      rt.host.expect(`GET ${settings}/errors`, { body });
      const { stdout } = await rt.run('ns lf errors --namespace ns1');
      assert.equal(stdout, 'refused\n{"time":1,"message":"x"}\n');
    });

    it('needs every setting, and a destination', async () => {
      const refused: readonly [string, RegExp][] = [
        [
          'set splunk-hec --host h --index i',
          /^error: Missing --port, --hec-token: all settings of splunk_hec are required/,
        ],
        [
          'set',
          /^error: A destination is required; there is no terminal to ask on\nhint: rt namespace log-forwarding set /,
        ],
        ['set nowhere', /^error: Invalid argument\(s\): nowhere\. The destinations are adobe-io-runtime, /],
      ];
      for (const [words, message] of refused) {
        const { status, stderr } = await rt.run(`namespace log-forwarding ${words}`);
        assert.match(stderr, message);
        assert.equal(status, 2);
      }
    });

    it('C-68 activation logs says where the logs are when there are none here', async () => {
      const id = '0123456789abcdef0123456789abcdef';
      rt.host
        .expect(`GET ${root}/activations/${id}/logs`, { body: { logs: [] } })
        .expect('GET /api/v1/namespaces', { body: ['ns1'] })
        .expect(`GET ${settings}`, { body: { splunk_hec: { host: 'h' } } });
      const { status, stdout, stderr } = await rt.run(`activation logs ${id}`);
      const note = 'note: the logs of this namespace are forwarded to splunk_hec; look for them there\n';
      assert.deepEqual([status, stdout, stderr], [0, '', note]);
    });

    for (const answer of [{ body: { adobe_io_runtime: {} } }, { status: 404, body: { error: 'x' } }]) {
      it(`C-68 activation logs is silent when logs stay on the platform (${JSON.stringify(answer)})`, async () => {
        const id = '0123456789abcdef0123456789abcdef';
        rt.host
          .expect(`GET /api/v1/namespaces/ns1/activations/${id}/logs`, { body: { logs: [] } })
          .expect(`GET ${settings}`, answer);
        const { status, stderr } = await rt.run(`activation logs ${id} --namespace ns1`);
        assert.deepEqual([status, stderr], [0, '']);
      });
    }
  });
});
