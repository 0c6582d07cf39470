import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalPlatform, LocalState } from '../../src/lib/cli/local-platform.js';
import { runRt } from '../helpers/run-rt.js';
import { StubHost } from '../helpers/stub-host.js';

const runtimes = {
  runtimes: {
    nodejs: [
      { kind: 'nodejs:18', image: 'i/18', default: false, deprecated: true },
      { kind: 'nodejs:20', image: 'i/20', default: true, deprecated: false },
    ],
    python: [{ kind: 'python:3.11', image: 'i/py', default: true, deprecated: false }],
  },
};

/** What the local platform says of them on its control socket. */
const availability = [
  { kind: 'nodejs:20', available: true, detail: 'node 20' },
  { kind: 'python:3.11', available: false, missing: 'python3 was not found' },
];

describe('rt kind', () => {
  let host: StubHost;
  let env: Record<string, string>;

  beforeEach(async () => {
    host = await StubHost.start();
    env = { RT_APIHOST: host.url, RT_AUTH: '12345678-1234:keykeykeykey', RT_RETRIES: '0' };
  });

  afterEach(() => host.close());

  it('lists kinds that are not deprecated as a table', async () => {
    host.expect('GET /', { body: runtimes });
    const result = await runRt(['kinds', 'ls'], { env });
    assert.equal(
      result.stdout,
      'Kind        Family Marks   Available Image\n' +
        'nodejs:20   nodejs default -         i/20\n' +
        'python:3.11 python default -         i/py\n',
    );
    const { authorization, 'user-agent': agent } = host.request.headers;
    assert.equal(authorization, `Basic ${Buffer.from('12345678-1234:keykeykeykey').toString('base64')}`);
    assert.equal(agent, 'rt/0.0.0-test');
  });

  it('lists names and deprecated kinds', async () => {
    host.expect('GET /', { body: runtimes });
    const names = await runRt(['kind', 'list', '--deprecated', '--output', 'name'], { env });
    assert.equal(names.stdout, 'nodejs:18\nnodejs:20\npython:3.11\n');
  });

  it('gets one kind, by family too, and suggests a near one', async () => {
    host.expect('GET /', { body: runtimes });
    const found = await runRt(['kind', 'get', 'nodejs'], { env });
    assert.match(found.stdout, /^ok: got kind nodejs:20\n\{\n {4}"family": "nodejs",/);
    host.expect('GET /', { body: runtimes });
    const missing = await runRt(['kind', 'get', 'nodejs:21'], { env });
    assert.equal(missing.status, 2);
    assert.equal(missing.stderr, "error: the platform has no kind 'nodejs:21'\nhint: did you mean nodejs:20?\n");
    const none = await runRt(['kind', 'get'], { env });
    assert.equal(none.stderr, "error: Invalid argument(s). A kind is required.\nRun 'rt kind get --help' for usage.\n");
    assert.equal(none.status, 2);
  });

  it('asks on a terminal whether a mistyped command should run as the probable one', async () => {
    const questions: string[] = [];
    const ask = (yes: boolean) => ({
      env,
      columns: 80,
      answer: (question: string) => {
        questions.push(question);
        return yes;
      },
    });
    host.expect('GET /', { body: runtimes });
    const run = await runRt(['kind', 'lsit', '--output', 'name'], ask(true));
    assert.deepEqual([run.status, run.stdout], [0, 'nodejs:20\npython:3.11\n']);
    assert.equal((await runRt(['kind', 'lsit'], ask(false))).status, 127);
    assert.equal((await runRt(['kind', 'lsit', '--no-input'], ask(true))).status, 127);
    assert.deepEqual(new Set(questions), new Set(["'kind lsit' is not an rt command. Run 'rt kind list' instead?"]));
    assert.equal(questions.length, 2);
  });

  it('presents errors of the host with status, id and hint', async () => {
    host.expect('GET /', { status: 401, body: { error: 'The supplied authentication is invalid.', code: 'abc' } });
    const result = await runRt(['kind', 'list', '--json'], { env });
    assert.equal(result.status, 145);
    const document = JSON.parse(result.stdout) as { error: Record<string, unknown> };
    assert.deepEqual(
      [document.error.message, document.error.code, document.error.status, document.error.tid, document.error.exitCode],
      [
        'Unable to obtain the list of kinds: The supplied authentication is invalid. (code abc)',
        'unauthorized',
        401,
        'abc',
        145,
      ],
    );
    assert.match(result.stderr, /hint: the key comes from RT_AUTH, the API host from RT_APIHOST/);
  });

  it('stays clear about answers of other shapes', async () => {
    for (const body of ['null', '[]', '{"runtimes":[1]}', '{"runtimes":{"__proto__":[{"kind":1}],"x":null}}']) {
      host.expect('GET /', { body });
      const result = await runRt(['kind', 'list', '--json'], { env });
      assert.deepEqual([result.status, result.stdout], [0, '[]\n']);
    }
    host.expect('GET /', { body: '<html>' });
    const result = await runRt(['kind', 'list'], { env });
    assert.equal(result.status, 3);
    assert.match(result.stderr, /the host did not answer with JSON/);
    host.expect('GET /', { status: 503, headers: { 'content-type': 'text/plain' }, body: 'down for repair\nmore' });
    const down = await runRt(['kind', 'list'], { env });
    assert.match(down.stderr, /The connection failed, or timed out\. \(HTTP status code 503\): down for repair\n/);
    host.expect('GET /', { status: 302, headers: { location: 'https://elsewhere/' } });
    const moved = await runRt(['kind', 'list'], { env });
    assert.equal(moved.status, 3);
    assert.match(
      moved.stderr,
      /^error: Unable to obtain the list of kinds: the API host redirects to https:\/\/elsewhere\/\n/,
    );
  });

  it('traces requests on stderr without secrets', async () => {
    host.expect('GET /', { body: { ...runtimes, password: 'swordfish', pad: 'x'.repeat(3000) } });
    const result = await runRt(['kind', 'list', '-v', '--output=name'], { env });
    assert.equal(result.stdout, 'nodejs:20\npython:3.11\n');
    assert.match(result.stderr, /^> GET http:\/\/127\.0\.0\.1:\d+\/$/m);
    assert.match(result.stderr, /^> authorization: \*\*\*\*$/m);
    assert.match(result.stderr, /^< 200 in \d+ ms$/m);
    assert.match(result.stderr, /\(cut; -d shows all\)$/m);
    assert.ok(!result.stderr.includes('keykey') && !result.stderr.includes('swordfish'));
  });

  it('C-14 reads the key from stdin and sends the transaction id', async () => {
    host.expect('GET /', { body: runtimes });
    const more = { RT_APIHOST: host.url, __OW_TRANSACTION_ID: 'tid-1', __OW_USER_AGENT: 'mine/1' };
    await runRt(['-u', '-', 'kind', 'list'], { env: more, stdin: 'a:b\n' });
    const { headers } = host.request;
    assert.deepEqual(
      [headers.authorization, headers['x-request-id'], headers['user-agent']],
      ['Basic YTpi', 'tid-1', 'mine/1'],
    );
  });
});

describe('the local platform as target', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rt-local-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  function stateOf(socket: string): LocalState {
    return { socket: join(folder, socket), url: 'http://127.0.0.1:3233', auth: 'a:b' };
  }

  it('is used without any note when it runs', async () => {
    const host = await StubHost.start(join(folder, 's'));
    host.expect('GET /', { body: runtimes });
    host.expect('GET /rt/kinds', { body: availability });
    const local: LocalPlatform = {
      read: () => Promise.resolve(stateOf('s')),
      ensure: () => Promise.reject(new Error('not wanted')),
    };
    const result = await runRt(['kind', 'list', '--output=name'], { local });
    assert.deepEqual([result.stdout, result.stderr, result.status], ['nodejs:20\npython:3.11\n', '', 0]);
    await host.close();
  });

  it('tells which kinds can run here and what the others lack', async () => {
    const host = await StubHost.start(join(folder, 's'));
    const local: LocalPlatform = {
      read: () => Promise.resolve(stateOf('s')),
      ensure: () => Promise.reject(new Error('not wanted')),
    };
    const list = (...flags: string[]) => {
      host.expect('GET /', { body: runtimes });
      host.expect('GET /rt/kinds', { body: availability });
      return runRt(['kind', 'list', ...flags], { local });
    };
    assert.equal(
      (await list()).stdout,
      'Kind        Family Marks   Available Image Missing\n' +
        'nodejs:20   nodejs default yes       i/20  -\n' +
        'python:3.11 python default no        i/py  python3 was not found\n',
    );
    assert.deepEqual(JSON.parse((await list('--local', '--json')).stdout), [
      { family: 'nodejs', kind: 'nodejs:20', image: 'i/20', default: true, deprecated: false, available: true },
    ]);
    await host.close();
  });

  it('is started with one note when there is none, or when the known one does not answer', async () => {
    for (const known of [undefined, stateOf('stale')]) {
      let host: StubHost | undefined;
      const local: LocalPlatform = {
        read: () => Promise.resolve(known),
        ensure: async () => {
          host = await StubHost.start(join(folder, 's'));
          host.expect('GET /', { body: runtimes });
          host.expect('GET /rt/kinds', { body: availability });
          return { state: stateOf('s'), notes: [] };
        },
      };
      const result = await runRt(['kind', 'list', '--output=name'], { local });
      assert.equal(
        result.stderr,
        'note: no platform is configured, using the local one (starting it on http://127.0.0.1:3233)\n',
      );
      assert.equal(result.stdout, 'nodejs:20\npython:3.11\n');
      await host?.close();
    }
  });

  it('is not started with --no-autostart, and its own errors keep their status', async () => {
    const { PlatformError } = await import('../../src/lib/errors/client-errors.js');
    const local: LocalPlatform = {
      read: () => Promise.resolve(undefined),
      ensure: () => Promise.reject(new PlatformError('port 3233 is in use by nginx')),
    };
    for (const options of [{ env: { RT_NO_AUTOSTART: '1' } }, {}]) {
      const flags = 'env' in options ? [] : ['--no-autostart'];
      const result = await runRt(['kind', 'list', ...flags], { ...options, local });
      assert.equal(result.status, 2);
      assert.match(
        result.stderr,
        /^error: no platform is configured and the local one does not run\nhint: rt platform start\n$/,
      );
    }
    const failed = await runRt(['kind', 'list', '-q'], { local });
    assert.deepEqual([failed.status, failed.stderr], [5, 'error: port 3233 is in use by nginx\n']);
  });

  it('is not used when half a configuration exists', async () => {
    await writeFile(join(folder, '.wskprops'), 'APIHOST=h.example\n');
    const result = await runRt(['kind', 'list'], { home: folder });
    assert.equal(result.status, 2);
    assert.match(result.stderr, /^error: an API host is configured \(from ~\/\.wskprops\) but no authorization key\n/);
  });
});
