import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { StubbedRt } from '../helpers/stubbed-rt.js';
import { runRt } from '../helpers/run-rt.js';

interface Report {
  readonly ok: boolean;
  readonly checks: readonly { check: string; state: string; message: string; hint?: string }[];
}

function checkOf(stdout: string, name: string): Report['checks'][number] | undefined {
  return (JSON.parse(stdout) as Report).checks.find(({ check }) => check === name);
}

const platform = {
  description: 'OpenWhisk',
  limits: { actions_per_minute: 60, max_action_duration: 300_000, max_action_memory: 536_870_912, default_max: 1 },
  runtimes: { nodejs: [{ kind: 'nodejs:20' }, { kind: 'nodejs:22' }] },
};

describe('rt doctor', () => {
  let rt: StubbedRt;
  beforeEach(async () => {
    rt = await StubbedRt.start();
  });
  afterEach(() => rt.close());

  it('C-17: shows the configuration with its sources, and that host and key are good; starts nothing', async () => {
    rt.host.expect('GET /api/v1', { body: {} }).expect('GET /api/v1/namespaces', { body: ['guest'] });
    const env = { RT_AUTH: '23bc46b1-71f6-4ed5-8c54-816aa4f8c502:secret', RT_PLATFORM_PORT: '0' };
    const { status, stdout } = await rt.run('doctor', { env });
    assert.equal(status, 0);
    assert.match(stdout, /^ok {4}node +v20\.20\.2$/m);
    assert.match(stdout, /^ok {4}apihost +http:\/\/127\.0\.0\.1:\d+ {2}\(RT_APIHOST\)$/m);
    assert.match(stdout, /^ok {4}auth +23bc…:\*\*\*\* {2}\(RT_AUTH\)$/m);
    assert.match(stdout, /^ok {4}key +opens the namespace guest$/m);
    assert.match(stdout, /^ok {4}clock +agrees with that of the host$/m);
    assert.ok(!stdout.includes('secret'));
  });

  it('fails with 1 when the key is refused, in one JSON document with the hint', async () => {
    const refusal = { status: 401, body: { error: 'The supplied authentication is invalid', code: 'x1' } };
    rt.host.expect('GET /api/v1', { body: {} }).expect('GET /api/v1/namespaces', refusal);
    const { status, stdout } = await rt.run('doctor --json', { env: { RT_PLATFORM_PORT: '0' } });
    assert.equal(status, 1);
    assert.equal((JSON.parse(stdout) as Report).ok, false);
    const key = checkOf(stdout, 'key');
    assert.equal(key?.state, 'fail');
    assert.match(key.message, /The supplied authentication is invalid/);
    assert.match(key.hint ?? '', /the key comes from RT_AUTH/);
  });

  it('warns of a clock that differs, and of a host that is no API host', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    rt.host.expect('GET /api/v1', { status: 404, headers: { date } }).expect('GET /api/v1/namespaces', { body: ['a'] });
    const { status, stdout } = await rt.run('doctor --json', { env: { RT_PLATFORM_PORT: '0' } });
    assert.equal(status, 0);
    assert.equal(checkOf(stdout, 'clock')?.state, 'warn');
    assert.equal(checkOf(stdout, 'host')?.message, 'answers with status 404');
  });

  it('fails when the host does not answer, and when the configuration is incomplete', async () => {
    const env = { RT_APIHOST: 'http://127.0.0.1:1', RT_PLATFORM_PORT: '0' };
    const silent = await rt.run('doctor --json', { env });
    assert.equal(silent.status, 1);
    assert.match(checkOf(silent.stdout, 'host')?.message ?? '', /cannot connect to http:\/\/127\.0\.0\.1:1/);
    const incomplete = await runRt(['doctor', '--json'], { env: { RT_APIHOST: 'example.org', RT_PLATFORM_PORT: '0' } });
    assert.equal(incomplete.status, 1);
    assert.match(checkOf(incomplete.stdout, 'config')?.message ?? '', /no authorization key/);
  });

  it('C-18: without configuration looks at the local platform and its port only', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = String((server.address() as AddressInfo).port);
    const { status, stdout } = await runRt(['doctor', '--json'], { env: { RT_PLATFORM_PORT: port } });
    server.close();
    assert.equal(status, 1);
    assert.equal(checkOf(stdout, 'apihost')?.message, 'not configured: the local platform is used');
    assert.deepEqual(checkOf(stdout, 'port'), {
      check: 'port',
      state: 'fail',
      message: `127.0.0.1:${port} is in use`,
      hint: 'set RT_PLATFORM_PORT to another port, or to 0',
    });
  });

  it('tells that Docker is not there, which is no failure', async () => {
    const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock', RT_PLATFORM_PORT: '0' };
    const { status, stdout } = await runRt(['doctor', '--json'], { env });
    assert.equal(status, 0);
    assert.equal(checkOf(stdout, 'docker')?.state, 'warn');
    assert.equal(checkOf(stdout, 'docker')?.message, 'unix:///nowhere/docker.sock is not there');
  });
});

describe('rt info', () => {
  it('shows versions, the namespace and the limits of the platform with their units', async () => {
    const rt = await StubbedRt.start();
    const answers = (): StubbedRt['host'] =>
      rt.host
        .expect('GET /', { body: platform })
        .expect('GET /api/v1', { body: { build: '2026-01-31', buildno: 'v7' } })
        .expect('GET /api/v1/namespaces', { body: ['guest'] });
    answers();
    const { stdout, status } = await rt.run('info');
    assert.equal(status, 0);
    assert.match(stdout, /^rt: +rt\/0\.0\.0-test linux-x64 node-v20\.20\.2$/m);
    assert.match(stdout, /^platform: +OpenWhisk, build 2026-01-31 \(v7\)$/m);
    assert.match(stdout, /^namespace: +guest$/m);
    assert.match(stdout, /^kinds: +2$/m);
    assert.match(stdout, /^max action duration: +300 s$/m);
    assert.match(stdout, /^max action memory: +512 MB$/m);
    assert.doesNotMatch(stdout, /default/);
    answers();
    const document = JSON.parse((await rt.run('info --json')).stdout) as { platform: { limits: object } };
    assert.deepEqual(document.platform.limits, platform.limits);
    await rt.close();
  });
});
