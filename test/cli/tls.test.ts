import assert from 'node:assert/strict';
import { chmodSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { execFileSync } from 'node:child_process';
import { CertificateAuthority } from '../helpers/certificates.js';
import { runRt, type RunResult } from '../helpers/run-rt.js';
import { StubHost } from '../helpers/stub-host.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';

const answer = {
  body: { runtimes: { nodejs: [{ kind: 'nodejs:20', image: 'i', default: true, deprecated: false }] } },
};

describe('TLS', function () {
  this.timeout(60_000);

  let folder: TemporaryFolder;
  let authority: CertificateAuthority;
  let host: StubHost | undefined;

  before(() => {
    folder = temporaryFolder('rt-tls-');
    authority = new CertificateAuthority(folder.path);
  });

  after(() => {
    folder.dispose();
  });

  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  async function serve(names: readonly string[], more: { requestCert?: boolean } = {}): Promise<StubHost> {
    const { cert, key } = authority.issue('server', names);
    const ca = readFileSync(authority.authority.cert);
    host = await StubHost.startTls({ cert: readFileSync(cert), key: readFileSync(key), ca, ...more });
    return host;
  }

  function list(apihost: string, words: readonly string[] = [], env: Record<string, string> = {}): Promise<RunResult> {
    return runRt(['kind', 'list', '--output', 'name', ...words], {
      env: { RT_APIHOST: apihost, RT_AUTH: 'uuid:key', RT_RETRIES: '0', ...env },
      cwd: folder.path,
    });
  }

  it('C-57 says how to trust an unknown authority, and --cacert and RT_CACERT do', async () => {
    const server = await serve(['IP:127.0.0.1']);
    const unknown = await list(server.url);
    assert.equal(unknown.status, 3);
    assert.match(unknown.stderr, /^error: cannot trust https:\/\/127\.0\.0\.1:\d+: .*(?:self-signed|unable to verify)/);
    assert.match(unknown.stderr, /\nhint: use --cacert FILE to trust it, or -i to skip the check\n$/);
    server.expect('GET /', answer).expect('GET /', answer);
    const trusted = await list(server.url, ['--cacert', authority.authority.cert]);
    assert.deepEqual([trusted.status, trusted.stdout, trusted.stderr], [0, 'nodejs:20\n', '']);
    assert.equal((await list(server.url, [], { RT_CACERT: authority.authority.cert })).status, 0);
    const document = JSON.parse((await list(server.url, ['--json', '-q'])).stdout) as { error: { code: string } };
    assert.equal(document.error.code, 'tls');
  });

  it('C-57 does not take a certificate for another name', async () => {
    const server = await serve(['DNS:other.test']);
    const wrong = await list(server.url, ['--cacert', authority.authority.cert]);
    assert.equal(wrong.status, 3);
    assert.match(wrong.stderr, /^error: cannot trust https:.*altnames: IP: 127\.0\.0\.1/);
  });

  it('--insecure skips the check, without a warning for loopback', async () => {
    const server = await serve(['DNS:other.test']);
    server.expect('GET /', answer).expect('GET /', answer).expect('GET /', answer);
    for (const run of [
      list(server.url, ['-i']),
      list(server.url, [], { RT_INSECURE: 'true' }),
      list(server.url, [], { __OW_IGNORE_CERTS: '1' }),
    ]) {
      assert.deepEqual((await run).stderr, '');
    }
  });

  it('shows a client certificate, and RS-256 warns of a key that others can read', async () => {
    const server = await serve(['IP:127.0.0.1'], { requestCert: true });
    const client = authority.issue('client', []);
    let shown: string | undefined;
    server.expect('GET /', (_request, response) => {
      shown = String((response.socket as TLSSocket).getPeerCertificate().subject.CN);
      response.end(JSON.stringify(answer.body));
    });
    chmodSync(client.key, 0o600);
    const words = ['--cacert', authority.authority.cert, '--cert', client.cert, '--key', client.key];
    assert.equal((await list(server.url, words)).stderr, '');
    assert.equal(shown, 'client');
    chmodSync(client.key, 0o644);
    server.expect('GET /', answer);
    assert.match(
      (await list(server.url, words)).stderr,
      /^warning: the certificate key .* can be read by others; chmod 600/,
    );
    const half = await list(server.url, ['--cert', client.cert]);
    assert.deepEqual(
      [half.status, half.stderr],
      [2, 'error: The Key file is not configured. Please configure the missing Key file.\n'],
    );
  });

  it('RS-256 names a file that is missing, that is none, or that is no PEM file', async () => {
    const server = await serve(['IP:127.0.0.1']);
    const pipe = join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const table: readonly (readonly [string, RegExp])[] = [
      [join(folder.path, 'none'), /^error: cannot read the certificates of --cacert .*none\n/],
      [authority.authority.key.replace('ca.key', ''), /^error: .*the certificates of --cacert/],
      [pipe, /^error: the certificates of --cacert .*pipe is not a PEM file\n/],
      [process.execPath, /^error: the certificates of --cacert .* is not a PEM file\n/],
    ];
    for (const [path, message] of table) {
      const { status, stderr } = await list(server.url, ['--cacert', path]);
      assert.match(stderr, message);
      assert.equal(status, 2);
    }
  });

  it('C-57 tells which scheme a port speaks when the other one was used', async () => {
    const server = await serve(['IP:127.0.0.1']);
    const plain = await list(server.url.replace('https:', 'http:'));
    assert.equal(plain.status, 3);
    assert.match(plain.stderr, /hint: if it speaks TLS: --apihost https:\/\/127\.0\.0\.1:\d+\n$/);
  });
});

describe('hosts that are no platform', () => {
  async function against(bytes: string, more: readonly string[] = []): Promise<RunResult> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(bytes));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const env = { RT_APIHOST: `http://127.0.0.1:${String(address.port)}`, RT_AUTH: 'uuid:key', RT_RETRIES: '0' };
    const result = await runRt(['action', 'list', ...more], { env });
    await new Promise((resolve) => server.close(resolve));
    return result;
  }

  const html = '<html><body>Sign in</body></html>';
  const table: readonly (readonly [string, string, number, RegExp])[] = [
    [
      'a web page with 200',
      `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${String(html.length)}\r\n\r\n${html}`,
      3,
      /did not answer with (?:JSON|a list)\nhint: is http:.* \(from RT_APIHOST\) an OpenWhisk API host\?/,
    ],
    [
      'a web page with 404',
      `HTTP/1.1 404 No\r\ncontent-type: text/html\r\ncontent-length: ${String(html.length)}\r\n\r\n${html}`,
      148,
      /The connection failed, or timed out\. \(HTTP status code 404\)\n/,
    ],
    ['half a body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[{"na', 3, /closed the connection|aborted/],
    ['nothing', '', 3, /closed the connection without an answer/],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 3, /did not answer with HTTP\n/],
    [
      'a redirect',
      'HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n',
      3,
      /the API host redirects to http:\/\/127\.0\.0\.1:1\//,
    ],
  ];
  for (const [what, bytes, status, message] of table) {
    it(`C-54, C-57: a host that answers with ${what}`, async () => {
      const result = await against(bytes);
      assert.match(result.stderr, message);
      assert.equal(result.status, status);
      assert.doesNotMatch(result.stderr, /\n {4}at /);
    });
  }
});
