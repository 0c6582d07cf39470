import assert from 'node:assert/strict';
import { proxyFor } from '../../src/lib/config/proxy.js';
import { ConfigError } from '../../src/lib/errors/client-errors.js';
import { CertificateAuthority } from '../helpers/certificates.js';
import { LoopbackProxy } from '../helpers/loopback-proxy.js';
import { runRt, type RunResult } from '../helpers/run-rt.js';
import { StubHost } from '../helpers/stub-host.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';
import { readFileSync } from 'node:fs';

describe('C-13 proxyFor', () => {
  const chosen = (target: string, env: Record<string, string>): string | undefined => proxyFor(target, env)?.url;

  it('takes the variable of the scheme, then ALL_PROXY; lower case goes before upper case', () => {
    const env = { HTTPS_PROXY: 'http://s:1', HTTP_PROXY: 'http://p:2', ALL_PROXY: 'http://a:3' };
    assert.equal(chosen('https://h.test', env), 'http://s:1');
    assert.equal(chosen('http://h.test', env), 'http://p:2');
    assert.equal(chosen('https://h.test', { ALL_PROXY: 'http://a:3' }), 'http://a:3');
    assert.deepEqual(proxyFor('https://h.test', { ...env, https_proxy: 'http://low:4' }), {
      url: 'http://low:4',
      variable: 'https_proxy',
    });
    assert.equal(chosen('https://h.test', {}), undefined);
  });

  it('reads a value without scheme as http, and refuses what is no http proxy without showing it', () => {
    assert.equal(chosen('https://h.test', { HTTPS_PROXY: '10.0.0.1:8080' }), 'http://10.0.0.1:8080');
    assert.throws(
      () => chosen('https://h.test', { ALL_PROXY: 'socks5://u:secret@h:1' }),
      (error) => error instanceof ConfigError && error.message === 'the proxy in ALL_PROXY cannot be used',
    );
  });

  it('never sends loopback through a proxy', () => {
    for (const host of ['localhost', 'x.localhost', '127.0.0.1', '127.9.9.9', '[::1]']) {
      assert.equal(chosen(`http://${host}:1`, { ALL_PROXY: 'http://p', HTTP_PROXY: 'http://p' }), undefined);
    }
  });

  const table: readonly (readonly [string, string, boolean])[] = [
    ['*', 'https://h.test', true],
    ['h.test', 'https://h.test', true],
    ['H.Test', 'https://h.test', true],
    ['h.test', 'https://a.h.test', true],
    ['.h.test', 'https://a.h.test', true],
    ['*.h.test', 'https://a.h.test', true],
    ['h.test', 'https://xh.test', false],
    ['test', 'https://h.test', true],
    ['h.test:443', 'https://h.test', true],
    ['h.test:8443', 'https://h.test', false],
    ['h.test:8443', 'https://h.test:8443', true],
    ['10.1.2.3', 'https://10.1.2.3', true],
    ['2.3', 'https://10.1.2.3', false],
    ['10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.0.0.0/16', 'https://10.1.2.3', false],
    ['10.0.0.0/99', 'https://10.1.2.3', false],
    ['10.0.0.0/8', 'https://h.test', false],
    ['fd00::/8', 'https://[fd00::1]', true],
    ['fd00::1', 'https://[fd00::1]', true],
    ['[fd00::1]:443', 'https://[fd00::1]', true],
    ['a.test, ,b.test h.test', 'https://h.test', true],
    ['', 'https://h.test', false],
  ];
  for (const [exceptions, target, direct] of table) {
    it(`goes ${direct ? 'straight' : 'through the proxy'} to ${target} with NO_PROXY='${exceptions}'`, () => {
      const env = { ALL_PROXY: 'http://p:1', NO_PROXY: exceptions };
      assert.equal(chosen(target, env), direct ? undefined : 'http://p:1');
      assert.equal(chosen(target, { ...env, no_proxy: 'other.test' }), 'http://p:1');
    });
  }
});

describe('C-13 requests through a proxy', function () {
  this.timeout(60_000);

  let folder: TemporaryFolder;
  let authority: CertificateAuthority;
  let proxy: LoopbackProxy | undefined;
  let host: StubHost | undefined;

  before(() => {
    folder = temporaryFolder('rt-proxy-');
    authority = new CertificateAuthority(folder.path);
  });

  after(() => {
    folder.dispose();
  });

  afterEach(async () => {
    await host?.close();
    await proxy?.close();
    [host, proxy] = [undefined, undefined];
  });

  function list(env: Record<string, string>, ...more: readonly string[]): Promise<RunResult> {
    return runRt(['kind', 'list', '--output', 'name', ...more], {
      env: { RT_AUTH: 'uuid:key', RT_RETRIES: '0', ...env },
    });
  }

  async function plain(): Promise<{ host: StubHost; proxy: LoopbackProxy }> {
    host = await StubHost.start();
    proxy = await LoopbackProxy.start(host.port);
    return { host, proxy };
  }

  async function tls(): Promise<{ host: StubHost; proxy: LoopbackProxy }> {
    const { cert, key } = authority.issue('h.test', ['DNS:h.test']);
    host = await StubHost.startTls({ cert: readFileSync(cert), key: readFileSync(key) });
    proxy = await LoopbackProxy.start(host.port);
    return { host, proxy };
  }

  it('sends plain http as a request for the absolute URL, with the credentials of the proxy', async () => {
    const around = await plain();
    around.host.expect('GET /', { body: { runtimes: {} } });
    const env = { RT_APIHOST: 'http://h.test', http_proxy: `http://me:pass%20word@${around.proxy.address}` };
    const result = await list(env, '-q');
    assert.deepEqual([result.status, result.stderr], [0, '']);
    const credentials = `Basic ${Buffer.from('me:pass word').toString('base64')}`;
    assert.deepEqual(around.proxy.requests, [{ what: 'GET http://h.test/', authorization: credentials }]);
    assert.equal(around.host.request.headers.authorization, `Basic ${Buffer.from('uuid:key').toString('base64')}`);
  });

  it('makes a tunnel for https and checks the certificate of the host behind it', async () => {
    const around = await tls();
    around.host.expect('GET /', { body: { runtimes: {} } });
    const env = { RT_APIHOST: 'h.test', HTTPS_PROXY: around.proxy.address };
    const trusting = await list(env, '--cacert', authority.authority.cert);
    assert.deepEqual([trusting.status, trusting.stderr], [0, '']);
    assert.deepEqual(around.proxy.requests, [{ what: 'CONNECT h.test:443', authorization: undefined }]);
    const distrusting = await list(env);
    assert.equal(distrusting.status, 3);
    assert.match(distrusting.stderr, /hint: use --cacert FILE to trust it, or -i to skip the check\n$/);
  });

  it('C-57 names the variable of a proxy that does not let the request through, never its password', async () => {
    const around = await tls();
    const env = { RT_APIHOST: 'h.test', HTTPS_PROXY: `http://me:secret@${around.proxy.address}` };
    around.proxy.refuse = 407;
    const unknown = await list(env);
    assert.equal(
      unknown.stderr,
      'error: cannot reach https://h.test: the proxy in HTTPS_PROXY wants a user and a password (HTTP status 407)\n' +
        'hint: write HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT\n',
    );
    around.proxy.refuse = 403;
    const refused = await list(env, '-d');
    assert.equal(refused.status, 3);
    assert.match(
      refused.stderr,
      /^error: cannot reach https:\/\/h\.test: the proxy in HTTPS_PROXY refuses it \(HTTP status 403\)$/m,
    );
    assert.ok(!`${unknown.stderr}${refused.stderr}`.includes('secret'));
  });

  it('C-57 names the variable of a proxy that is not there', async () => {
    const around = await plain();
    const { address } = around.proxy;
    await around.proxy.close();
    proxy = undefined;
    for (const apihost of ['https://h.test', 'http://h.test']) {
      const { status, stderr } = await list({ RT_APIHOST: apihost, ALL_PROXY: address }, '-q');
      assert.equal(status, 3);
      assert.equal(
        stderr,
        `error: cannot connect to ${apihost} through the proxy in ALL_PROXY: the proxy refused the connection\n` +
          'hint: check ALL_PROXY, or name the host in NO_PROXY\n',
      );
    }
  });
});
