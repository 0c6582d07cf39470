import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuiltRt } from '../helpers/built-rt.js';
import { type StubAnswer, StubHost } from '../helpers/stub-host.js';

const program = fileURLToPath(new URL('../../bin/run.cjs', import.meta.url));
const id = '0123456789abcdef0123456789abcdef';
const ended = { 'x-openwhisk-activation-id': id };

/** The three ways of printing, which must not change a status (C-51). */
const manners: readonly (readonly string[])[] = [[], ['--json'], ['--quiet']];

const read = { line: 'action get hello', request: 'GET /api/v1/namespaces/_/actions/hello?code=false' };
const invoke = {
  line: 'action invoke hello --result',
  request: 'POST /api/v1/namespaces/_/actions/hello?blocking=true&result=true',
};

/** A row of §8 that one answer of a host decides. */
interface Answered {
  readonly status: number;
  readonly meaning: string;
  readonly line: string;
  readonly request: string;
  readonly answer: StubAnswer;
}

function refused(http: number, meaning: string): Answered {
  return { status: http - 256, meaning, ...read, answer: { status: http, body: { error: meaning, code: 'tid' } } };
}

const answered: readonly Answered[] = [
  { status: 0, meaning: 'done', ...read, answer: { body: { namespace: 'guest', name: 'hello' } } },
  { status: 0, meaning: 'a result', ...invoke, answer: { body: {}, headers: ended } },
  refused(400, 'bad request'),
  refused(401, 'authentication invalid'),
  refused(403, 'not authorized'),
  refused(404, 'not found'),
  refused(405, 'not allowed'),
  refused(408, 'request timeout'),
  refused(409, 'conflict'),
  refused(413, 'too large'),
  refused(429, 'throttled'),
  refused(500, 'internal error'),
  refused(502, 'bad gateway'),
  refused(503, 'unavailable'),
  refused(504, 'gateway timeout'),
  { status: 202, meaning: 'not ready', ...invoke, answer: { status: 202, body: { activationId: id } } },
  {
    status: 246,
    meaning: 'an action that failed',
    ...invoke,
    answer: { status: 502, body: { error: 'deliberate' }, headers: ended },
  },
  {
    status: 244,
    meaning: 'an activation that the platform could not run',
    ...invoke,
    answer: { status: 500, body: { error: 'provision' }, headers: ended },
  },
  { status: 3, meaning: 'a redirect', ...read, answer: { status: 302, headers: { location: 'https://elsewhere/' } } },
  { status: 3, meaning: 'no platform', line: 'action list', request: '', answer: { body: '<html>' } },
];

/** A row of §8 that needs no host, and the variables that make it so. */
const lonely: readonly [number, string, string, Readonly<Record<string, string>>][] = [
  [0, 'done', 'version', {}],
  [1, 'platform status: not running', 'platform status', {}],
  [2, 'an unknown flag', 'action list --bogus', {}],
  [2, 'a missing argument', 'action get', {}],
  [2, 'a bad value', 'action list --limit -1', {}],
  [2, 'a bad name', 'action get a//b', {}],
  [2, 'a file that does not exist', 'action create a nofile.js', {}],
  [2, 'incomplete configuration', 'action list', { RT_APIHOST: 'http://127.0.0.1:1' }],
  [2, 'no platform and none may be started', 'action list --no-autostart', {}],
  [3, 'a refused connection', 'action list', { RT_APIHOST: 'http://127.0.0.1:1', RT_AUTH: 'a:b' }],
  [5, 'a local platform that cannot start', 'action list', { RT_HOME: '/dev/null/rt' }],
  [127, 'an unknown command', 'bogus', {}],
  [127, 'an unknown command of a topic', 'action creat', {}],
];

describe('exit codes of the built program', function () {
  this.timeout(120_000);

  let rt: BuiltRt;
  let host: StubHost;

  before(async () => {
    rt = await BuiltRt.create({
      files: {
        'fails.js': 'function main() { console.log("a line"); return { error: "deliberate" }; }',
        'throws.js': 'function main() { throw new Error("deliberate"); }',
      },
    });
  });

  beforeEach(async () => {
    host = await StubHost.start();
  });

  afterEach(() => host.close());

  after(() => rt.dispose());

  function connected(): Record<string, string> {
    return { RT_APIHOST: host.url, RT_AUTH: 'uuid:key', RT_RETRIES: '0' };
  }

  for (const { status, meaning, line, request, answer } of answered) {
    it(`C-51: ${String(status)} for ${meaning}, with and without --json and --quiet`, async () => {
      const what = request === '' ? 'GET /api/v1/namespaces/_/actions?limit=30&skip=0' : request;
      for (const manner of manners) {
        host.expect(what, answer);
        const { exit, stderr } = await rt.run([...line.split(' '), ...manner], connected());
        assert.equal(exit, status, `${line} ${manner.join(' ')}\n${stderr}`);
        assert.doesNotMatch(stderr, /\n {4}at /, 'a stack');
      }
    });
  }

  for (const [status, meaning, line, env] of lonely) {
    it(`C-51: ${String(status)} for ${meaning}, with and without --json and --quiet`, async () => {
      for (const manner of manners) {
        const { exit, stdout, stderr } = await rt.run([...line.split(' '), ...manner], env);
        assert.equal(exit, status, `${line} ${manner.join(' ')}\n${stderr}`);
        assert.doesNotMatch(stderr, /\n {4}at /, 'a stack');
        if (manner[0] === '--json') assert.doesNotThrow(() => JSON.parse(stdout), stdout);
      }
      assert.deepEqual(host.requests, []);
    });
  }

  describe('network', () => {
    let server: Server;

    afterEach(() => {
      server.close();
    });

    async function listen(onConnection: (socket: Socket) => void): Promise<string> {
      server = createServer(onConnection).listen(0, '127.0.0.1');
      await once(server, 'listening');
      return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    }

    it('C-51: 3 for a connection that is reset', async () => {
      const address = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()));
      const env = { RT_APIHOST: `http://${address}`, RT_AUTH: 'a:b', RT_RETRIES: '0' };
      assert.equal((await rt.run(['action', 'list'], env)).exit, 3);
    });

    it('C-51: 3 for no answer in --timeout-http', async () => {
      const address = await listen((socket) => socket.on('error', () => undefined).resume());
      const env = { RT_APIHOST: `http://${address}`, RT_AUTH: 'a:b', RT_RETRIES: '0' };
      const { exit, stdout } = await rt.run(['action', 'list', '--timeout-http', '300ms', '--json'], env);
      assert.equal(exit, 3);
      assert.match(stdout, /"code":"timeout"/);
    });

    it('C-51: 3 for a port that does not speak TLS', async () => {
      const address = await listen((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 Bad\r\n\r\n'));
      const env = { RT_APIHOST: `https://${address}`, RT_AUTH: 'a:b', RT_RETRIES: '0' };
      const { exit, stdout } = await rt.run(['action', 'list', '--json'], env);
      assert.equal(exit, 3);
      assert.match(stdout, /"code":"tls"/);
    });
  });

  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`C-63: ${String(status)} for ${signal} while it waits`, async () => {
      const child = spawn(process.execPath, [program, ...invoke.line.split(' ')], {
        cwd: rt.work,
        env: { ...rt.environment, ...connected() },
        stdio: 'ignore',
      });
      const closed = once(child, 'close');
      host.expect(invoke.request, () => child.kill(signal));
      assert.deepEqual(await closed, [status, null]);
    });
  }

  it('C-51, C-52: a failed activation on the local platform gives 246 where its own outcome is asked for, and 0 elsewhere', async () => {
    const home = { RT_HOME: join(rt.home, 'failing') };
    const run = async (line: string): Promise<number> => (await rt.run(line.split(' '), home)).exit;
    try {
      assert.equal(await run('action create fails fails.js'), 0);
      assert.equal(await run('action create throws throws.js'), 0);
      assert.equal(await run('action create fails fails.js'), 153);
      const table: readonly [string, number][] = [
        ['action invoke fails', 0],
        ['action invoke fails --result', 246],
        ['action invoke throws --blocking', 246],
        ['invoke fails --json', 246],
        ['activation get --last', 0],
        ['activation logs --last', 0],
        ['activation result --last', 0],
        ['activation result --last --exit-status', 246],
        ['action get nothing', 148],
        ['action delete fails throws', 0],
        ['action delete fails', 148],
        ['action delete fails --if-exists', 0],
      ];
      for (const [line, status] of table) assert.equal(await run(line), status, line);
    } finally {
      await run('platform stop --force');
    }
  });
});
