import assert from 'node:assert/strict';
import type { RunOptions } from '../../helpers/run-rt.js';
import type { StubAnswer } from '../../helpers/stub-host.js';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

const read = 'GET /api/v1/namespaces/_/actions/hello?code=false';
const list = 'GET /api/v1/namespaces/_/actions?limit=200&skip=0';
const put = 'PUT /api/v1/namespaces/_/actions/hello?overwrite=false';
const id = '0123456789abcdef0123456789abcdef';

/** What somebody at a terminal sees, without colours. */
const atTerminal: RunOptions = { columns: 80, env: { NO_COLOR: '1' } };

function failure(status: number, error: string, headers: Record<string, string> = {}): StubAnswer {
  return { status, body: { error, code: 'tid' }, headers };
}

describe('C-57 hints', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
    await rt.folder.write('hello.js', 'function main() {}');
  });

  afterEach(async () => {
    await rt.close();
  });

  async function hintOf(line: string, options: RunOptions = {}): Promise<string | undefined> {
    const { stderr } = await rt.run(line, options);
    return /^hint: (.*)$/m.exec(stderr)?.[1];
  }

  it('C-57: a 401 names the sources of key and host', async () => {
    rt.host.expect(read, failure(401, 'The supplied authentication is invalid.'));
    assert.match(
      (await hintOf('action get hello')) ?? '',
      /^the key comes from RT_AUTH, the API host from RT_APIHOST; .*rt property set --auth/,
    );
  });

  it('C-57: a 403 names the namespace that the key belongs to', async () => {
    const foreign = 'GET /api/v1/namespaces/other/actions/hello?code=false';
    rt.host
      .expect(foreign, failure(403, 'The supplied authentication is not authorized to access this resource.'))
      .expect('GET /api/v1/namespaces', { body: ['guest'] });
    assert.equal(await hintOf('action get /other/hello'), "the key (from RT_AUTH) is one for the namespace 'guest'");
  });

  it('C-57: a 403 for the list of another namespace names the own one, a 403 in the own namespace asks nothing', async () => {
    const foreign = 'GET /api/v1/namespaces/other/actions?limit=30&skip=0';
    rt.host.expect(foreign, failure(403, 'no')).expect('GET /api/v1/namespaces', { body: ['guest'] });
    assert.equal(await hintOf('action list /other'), "the key (from RT_AUTH) is one for the namespace 'guest'");
    rt.host.expect(read, failure(403, 'no'));
    assert.equal(await hintOf('action get hello'), 'the key comes from RT_AUTH');
  });

  it('C-57: a 403 keeps its first hint when the namespace cannot be asked', async () => {
    const foreign = 'GET /api/v1/namespaces/other/actions/hello?code=false';
    for (const answer of [{ status: 500 }, { body: '<html>' }, { body: {} }]) {
      rt.host.expect(foreign, failure(403, 'no')).expect('GET /api/v1/namespaces', answer);
      assert.equal(await hintOf('action get /other/hello'), 'the key comes from RT_AUTH');
    }
  });

  const records = [
    { namespace: 'guest', name: 'helo' },
    { namespace: 'guest/tools', name: 'wrench' },
    { namespace: 'guest/tools', name: 'hammer' },
  ];
  const missing = failure(404, 'The requested resource does not exist.');
  const nears: readonly [string, string, string | undefined][] = [
    ['hello', 'hello', "did you mean 'helo'?"],
    ['tools/hamer', 'tools/hamer', "did you mean 'tools/hammer'?"],
    ['wrench', 'wrench', "it exists in package 'tools': 'tools/wrench'"],
    ['box/helo', 'box/helo', "it exists outside of packages: 'helo'"],
    ['nothing', 'nothing', undefined],
  ];
  for (const [name, path, hint] of nears) {
    it(`C-57, C-56: a 404 of '${name}' on a terminal looks for near names and other packages`, async () => {
      rt.host.expect(`GET /api/v1/namespaces/_/actions/${path}?code=false`, missing).expect(list, { body: records });
      assert.equal(await hintOf(`action get ${name}`, atTerminal), hint);
    });
  }

  it('C-57: a 404 costs no further request without a terminal, and a failing one does no harm', async () => {
    rt.host.expect(read, missing);
    assert.equal(await hintOf('action get hello'), undefined);
    rt.host.expect(read, missing).expect(list, { status: 500, body: 'x' });
    assert.equal((await rt.run('action get hello', atTerminal)).status, 148);
    rt.host.expect('DELETE /api/v1/namespaces/_/actions/hello', missing).expect(list, { body: records });
    assert.equal(await hintOf('action delete hello', atTerminal), "did you mean 'helo'?");
  });

  it('C-57: a 409 names the update, or says to try again after a conflict of two writers', async () => {
    rt.host.expect(put, failure(409, 'resource already exists'));
    assert.equal(await hintOf('action create hello hello.js'), "use 'rt action update hello hello.js' to replace it");
    rt.host.expect(
      'PUT /api/v1/namespaces/_/actions/hello?overwrite=true',
      failure(409, 'Concurrent modification to resource detected.'),
    );
    assert.equal(await hintOf('action update hello hello.js'), 'try again');
  });

  it('C-57: a 413 names the actual and the allowed size', async () => {
    rt.host.expect(put, failure(413, 'exec larger than allowed: 60000000 > 50331648 bytes.'));
    assert.equal(await hintOf('action create hello hello.js'), 'it has 57.2 MB, allowed are 48.0 MB');
    await rt.folder.write('large.js', `// ${'x'.repeat(2 * 1024 * 1024)}`);
    rt.host.expect(put, { status: 413, body: '<h1>Too large</h1>', headers: { 'content-type': 'text/html' } });
    assert.equal(
      await hintOf('action create hello large.js'),
      'the request has 2.0 MB; most hosts allow code of 48.0 MB, this one allows less',
    );
  });

  const throttled: readonly [string, Record<string, string>, string][] = [
    [
      'Too many requests in the last minute (count: 61, allowed: 60).',
      { date: 'Sat, 21 Nov 2026 16:14:48 GMT' },
      'limits count by the minute; the next one begins in 12 s',
    ],
    ['Too many requests.', { 'retry-after': '7' }, 'try again in 7 s'],
    [
      'Too many concurrent requests in flight (count: 31, allowed: 30).',
      {},
      'try again when some of your activations have ended',
    ],
  ];
  for (const [text, headers, hint] of throttled) {
    it(`C-57: a 429 says when to try again: ${text}`, async () => {
      rt.host.expect(put, failure(429, text, headers));
      const { stderr, status } = await rt.run('action create hello hello.js');
      assert.equal(stderr, `error: Unable to create action 'hello': ${text} (code tid)\nhint: ${hint}\n`);
      assert.equal(status, 173);
    });
  }

  it('C-57: a refused connection on this machine asks for the local platform', async () => {
    const { status, stderr } = await rt.run('action list', { env: { RT_APIHOST: 'http://127.0.0.1:1' } });
    assert.equal(status, 3);
    assert.match(
      stderr,
      /^error: cannot connect to http:\/\/127\.0\.0\.1:1: connection refused\nhint: .*rt platform start\n/,
    );
  });

  describe('after a failed result', () => {
    const post = 'POST /api/v1/namespaces/_/actions/hello?blocking=true&result=true';
    const failed = { status: 502, body: '{"error":"deliberate"}', headers: { 'x-openwhisk-activation-id': id } };
    const logs = `GET /api/v1/namespaces/_/activations/${id}/logs`;

    it('C-57: names the command that shows the logs, if there are any', async () => {
      rt.host.expect(post, failed).expect(logs, { body: { logs: ['a line'] } });
      assert.equal(await hintOf('action invoke hello -r', atTerminal), `rt activation logs ${id}`);
    });

    it('C-57: stays silent without logs, without a terminal, and with --quiet', async () => {
      rt.host.expect(post, failed).expect(logs, { body: { logs: [] } });
      assert.equal(await hintOf('action invoke hello -r', atTerminal), undefined);
      rt.host.expect(post, failed);
      assert.equal(await hintOf('action invoke hello -r'), undefined);
      rt.host.expect(post, failed);
      assert.equal(await hintOf('action invoke hello -r -q', atTerminal), undefined);
    });
  });
});
