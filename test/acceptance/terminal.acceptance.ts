import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { BuiltRt } from '../helpers/built-rt.js';
import { hasPty, Pty } from '../helpers/pty.js';
import { StubHost } from '../helpers/stub-host.js';
import { waitUntil } from '../helpers/wait-until.js';

const program = fileURLToPath(new URL('../../bin/run.cjs', import.meta.url));
const read = 'GET /api/v1/namespaces/_/actions/hello?code=false';
const list = 'GET /api/v1/namespaces/_/actions?limit=30&skip=0';
const action = { namespace: 'guest', name: 'hello' };

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';

describe('a real terminal', function () {
  this.timeout(120_000);

  let rt: BuiltRt;
  let host: StubHost;
  let pty: Pty | undefined;

  before(async function () {
    if (!hasPty()) {
      console.error('SKIPPED LOUDLY: script of util-linux is missing, so no terminal can be had');
      this.skip();
    }
    rt = await BuiltRt.create();
  });

  beforeEach(async () => {
    host = await StubHost.start();
  });

  afterEach(async () => {
    await pty?.dispose();
    pty = undefined;
    await host.close();
  });

  after(() => (rt as BuiltRt | undefined)?.dispose());

  function environment(env: Readonly<Record<string, string>> = {}): Record<string, string> {
    return { ...rt.environment, RT_APIHOST: host.url, RT_AUTH: 'uuid:key', RT_RETRIES: '0', ...env };
  }

  function start(line: string, options: { env?: Record<string, string>; columns?: number } = {}): Pty {
    const { columns } = options;
    pty = Pty.start([process.execPath, program, ...line.split(' ')], {
      cwd: rt.work,
      env: environment(options.env),
      ...(columns === undefined ? {} : { columns }),
    });
    return pty;
  }

  /** Prepares an answer that is given when `answer` is called. */
  function held(what: string): { readonly asked: () => boolean; answer(body: unknown): void } {
    let waiting: ServerResponse | undefined;
    host.expect(what, (_request, response) => {
      waiting = response;
    });
    return {
      asked: () => waiting !== undefined,
      answer: (body) => {
        waiting?.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      },
    };
  }

  /** What is written behind the last erased line. */
  function afterLastErasure(raw: string): string {
    return raw.split(/\u001b\[[02]?K/).at(-1) ?? '';
  }

  it('C-62: shows a spinner while a call takes longer than half a second, and removes it', async () => {
    const call = held(read);
    const terminal = start('action get hello', { env: { NO_COLOR: '1' } });
    await terminal.shows(/waiting for http:\/\/127\.0\.0\.1/);
    assert.ok(terminal.raw.includes(hideCursor));
    call.answer(action);
    assert.equal(await terminal.exit, 0, terminal.text);
    assert.doesNotMatch(afterLastErasure(terminal.raw), /waiting/);
    assert.match(afterLastErasure(terminal.raw), /got action/);
    assert.ok(terminal.raw.lastIndexOf(showCursor) > terminal.raw.lastIndexOf(hideCursor), 'the cursor stays hidden');
  });

  it('C-62: shows no spinner for a quick answer', async () => {
    host.expect(read, { body: action });
    const terminal = start('action get hello');
    assert.equal(await terminal.exit, 0);
    assert.doesNotMatch(terminal.raw, /waiting/);
    assert.ok(!terminal.raw.includes(hideCursor));
  });

  const silent: readonly [string, string, Record<string, string>][] = [
    ['--json', 'action get hello --json', {}],
    ['--quiet', 'action get hello --quiet', {}],
    ['-v', 'action get hello -v', {}],
    ['-d', 'action get hello -d', {}],
    ['CI', 'action get hello', { CI: 'true' }],
    ['TERM=dumb', 'action get hello', { TERM: 'dumb' }],
  ];
  for (const [what, line, env] of silent) {
    it(`C-62: never shows a spinner with ${what}`, async () => {
      host.expect(read, (_request, response) => {
        // Longer than a spinner waits for.
        setTimeout(() => response.writeHead(200).end(JSON.stringify(action)), 900);
      });
      const terminal = start(line, { env });
      assert.equal(await terminal.exit, 0, terminal.text);
      assert.doesNotMatch(terminal.raw, /waiting for/);
      assert.ok(!terminal.raw.includes(hideCursor));
    });
  }

  it('C-63: Ctrl-C while the spinner turns ends with 130, restores the cursor and prints no error', async () => {
    const call = held(read);
    const terminal = start('action get hello');
    await terminal.shows(/waiting for/);
    assert.ok(call.asked());
    terminal.type('\u0003');
    assert.equal(await terminal.exit, 130);
    assert.doesNotMatch(terminal.text, /error|at \w+ \(/);
    assert.ok(terminal.raw.lastIndexOf(showCursor) > terminal.raw.lastIndexOf(hideCursor), 'the cursor stays hidden');
  });

  it('C-46: shrinks the last column only, to the width of the terminal', async () => {
    const records = ['short', 'a-name-of-an-action-that-takes-a-lot'].map((name) => ({
      ...action,
      name,
      version: '0.0.1',
      updated: 1_700_000_000_000,
      annotations: [{ key: 'exec', value: 'nodejs:20' }],
    }));
    host.expect(list, { body: records }).expect(list, { body: records });
    const terminal = start('action list', { columns: 80, env: { NO_COLOR: '1' } });
    assert.equal(await terminal.exit, 0);
    const [header, ...rows] = terminal.text.trimEnd().split('\n');
    assert.equal(header, 'actions');
    assert.deepEqual(
      rows.map((row) => [row.length <= 80, row.includes('…')]),
      [
        [true, true],
        [true, true],
      ],
      terminal.text,
    );
    assert.match(rows[1] ?? '', /^\/guest\/a-name-of-an-action-that-takes-a-lot private nodejs:20 - /);
    const piped = await rt.run(['action', 'list'], environment());
    assert.doesNotMatch(piped.stdout, /…/);
    assert.match(piped.stdout, /2023-11-1\d \d\d:\d\d:\d\d\n/);
  });

  it('C-44, C-53: colours roles on a terminal, and nothing with NO_COLOR, --no-color or in a pipe', async () => {
    const bold = '\u001b[1m';
    host.expect(read, { body: action });
    const colored = start('action get hello');
    assert.equal(await colored.exit, 0);
    assert.ok(colored.raw.includes(`\u001b[32mok:\u001b[39m got action ${bold}hello`), colored.raw);
    await colored.dispose();
    const failing = start('action list --bogus');
    assert.equal(await failing.exit, 2);
    assert.ok(failing.raw.includes('\u001b[31merror:\u001b[39m Unknown flag --bogus'), failing.raw);
    await failing.dispose();
    for (const [line, env] of [
      ['action get hello --no-color', {}],
      ['action get hello', { NO_COLOR: '1' }],
    ] as const) {
      host.expect(read, { body: action });
      const plain = start(line, { env });
      assert.equal(await plain.exit, 0);
      assert.ok(!plain.raw.includes('\u001b['), plain.raw);
      await plain.dispose();
    }
    host.expect(read, { body: action });
    assert.ok(!(await rt.run(['action', 'get', 'hello'], environment())).stdout.includes('\u001b['));
  });

  it('C-49: indents JSON on a terminal', async () => {
    host.expect(read, { body: action });
    const terminal = start('action get hello --json', { env: { NO_COLOR: '1' } });
    assert.equal(await terminal.exit, 0);
    assert.match(terminal.text, /^\{\n {2}"namespace": "guest",\n/);
  });

  const forbidden: readonly [string, Record<string, string>][] = [
    ['kind lsit --no-input', {}],
    ['kind lsit --json', {}],
    ['kind lsit --quiet', {}],
    ['kind lsit', { CI: '1' }],
    ['kind lsit', { RT_NO_INPUT: '1' }],
  ];
  for (const [line, env] of forbidden) {
    it(`C-61: asks nothing with '${line}' ${JSON.stringify(env)}`, async () => {
      const terminal = start(line, { env });
      assert.equal(await terminal.exit, 127);
      assert.doesNotMatch(terminal.text, /instead\?/);
    });
  }

  it('C-61: asks although CI is false, and runs the suggestion after yes', async () => {
    host.expect(list, { body: [] });
    const terminal = start('action lsit', { env: { CI: 'false' } });
    await terminal.shows(/Run 'rt action list' instead\?/);
    terminal.type('y\r');
    assert.equal(await terminal.exit, 0, terminal.text);
    await waitUntil('the hint below an empty list', () => /no actions yet/.test(terminal.text));
  });

  describe('without a reader', () => {
    const records = Array.from({ length: 3000 }, (_, number) => ({ ...action, name: `action-${String(number)}` }));

    /** Runs a list that is longer than any pipe, its stdout as given. */
    async function run(stdout: 'pipe' | number): Promise<{ status: number | null; stderr: string }> {
      host.expect('GET /api/v1/namespaces/_/actions?limit=0&skip=0', { body: records });
      const child = spawn(process.execPath, [program, 'action', 'list', '--limit', '0'], {
        cwd: rt.work,
        env: environment(),
        stdio: ['ignore', stdout, 'pipe'],
      });
      let stderr = '';
      child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.stdout?.once('data', () => child.stdout?.destroy());
      const [status] = (await once(child, 'close')) as [number | null];
      return { status, stderr };
    }

    it('C-43: ends quietly with 0 when the reader has read enough', async () => {
      assert.deepEqual(await run('pipe'), { status: 0, stderr: '' });
    });

    it('C-43: fails on a full disk', async function () {
      if (!existsSync('/dev/full')) this.skip();
      const full = openSync('/dev/full', 'w');
      const { status, stderr } = await run(full);
      closeSync(full);
      assert.equal(status, 1);
      assert.match(stderr, /^error: cannot write to standard output: .*ENOSPC/);
    });
  });
});
