import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { StubbedRt } from '../../helpers/stubbed-rt.js';
import { waitUntil } from '../../helpers/wait-until.js';

const id = '0123456789abcdef0123456789abcdef';
const header = { 'x-openwhisk-activation-id': id };

function post(blocking: boolean, result: boolean, path = '_/actions/hello'): string {
  return `POST /api/v1/namespaces/${path}?blocking=${String(blocking)}&result=${String(result)}`;
}

describe('rt action invoke', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(async () => {
    await rt.close();
  });

  it('prints exactly the result with --result: order, digits and characters unchanged, four spaces', async () => {
    const body = '{"z":12345678901234567890,"1":1.0,"a":"<é&>","n":[]}';
    rt.host.expect(post(true, true), { body, headers: header });
    const { status, stdout, stderr } = await rt.run('action invoke hello --result -p name Bob');
    assert.equal(stdout, '{\n    "z": 12345678901234567890,\n    "1": 1.0,\n    "a": "<é&>",\n    "n": []\n}\n');
    assert.equal(stderr, '');
    assert.equal(status, 0);
    assert.equal(rt.lastText, '{"name":"Bob"}');
  });

  it('takes key=value words as parameters, and invoke as the form with --result', async () => {
    rt.host.expect(post(true, true), { body: '{"ok":true}', headers: header });
    const { stdout } = await rt.run('invoke hello a=b=c n=1 -p n 2 -p x 3');
    assert.equal(stdout, '{\n    "ok": true\n}\n');
    assert.deepEqual(rt.lastBody, { a: 'b=c', n: 1, x: 3 });
  });

  it('prints the id of an activation that it does not wait for', async () => {
    for (const [line, stdout] of [
      ['action invoke hello', `ok: invoked /_/hello with id ${id}\n`],
      ['action invoke hello -q', `${id}\n`],
      ['action invoke hello --json', `{"activationId":"${id}"}\n`],
    ] as const) {
      rt.host.expect(post(false, false), { status: 202, body: { activationId: id } });
      assert.deepEqual(await rt.run(line), { status: 0, stdout, stderr: '' });
    }
  });

  it('prints the record with --blocking and its other name --full', async () => {
    const body = { activationId: id, response: { success: true } };
    for (const flag of ['-b', '--full']) {
      rt.host.expect(post(true, false, 'ns/actions/pkg/hello'), { body, headers: header });
      const { stdout } = await rt.run(`action invoke /ns/pkg/hello ${flag}`);
      assert.equal(stdout, `ok: invoked /ns/pkg/hello with id ${id}\n${JSON.stringify(body, null, 4)}\n`);
    }
  });

  it('prints a failed action on stderr and exits with 246', async () => {
    rt.host.expect(post(true, true), { status: 502, body: '{"error":"deliberate"}', headers: header });
    assert.deepEqual(await rt.run('action invoke hello -r'), {
      status: 246,
      stdout: '',
      stderr: '{\n    "error": "deliberate"\n}\n',
    });
    rt.host.expect(post(true, false), { status: 502, body: '{"activationId":"x"}', headers: header });
    const { status, stdout, stderr } = await rt.run('action invoke hello -b');
    assert.deepEqual([status, stdout], [246, '']);
    assert.equal(stderr, `ok: invoked /_/hello with id ${id}\n{\n    "activationId": "x"\n}\n`);
  });

  it('prints a failed action as the JSON document on stdout with --json', async () => {
    rt.host.expect(post(true, true), { status: 502, body: '{"error":{"n":1.0}}', headers: header });
    const expected = { status: 246, stdout: '{"error":{"n":1.0}}\n', stderr: '' };
    assert.deepEqual(await rt.run('action invoke hello -r --json'), expected);
  });

  it('exits with 244 for an error of the platform that has an activation', async () => {
    rt.host.expect(post(true, true), { status: 500, body: '{"error":"provision"}', headers: header });
    assert.equal((await rt.run('action invoke hello -r')).status, 244);
  });

  it('tells the error of a gateway from one of an action', async () => {
    rt.host.expect(post(true, true), { status: 502, body: '<h1>Bad gateway</h1>' });
    const { status, stderr } = await rt.run('action invoke hello -r');
    assert.equal(status, 246);
    assert.match(
      stderr,
      /^error: Unable to invoke action 'hello': The connection failed, or timed out\. \(HTTP status code 502\)/,
    );
  });

  it('says on stderr that an activation is not finished, and exits with 202', async () => {
    rt.host.expect(post(true, true), { status: 202, body: { activationId: id } });
    assert.deepEqual(await rt.run('action invoke hello -r'), {
      status: 202,
      stdout: '',
      stderr: `ok: invoked /_/hello, but the request has not yet finished, with id ${id}\n`,
    });
    rt.host.expect(post(true, true), { status: 202, body: { activationId: id } });
    assert.deepEqual(await rt.run('action invoke hello -r --json'), {
      status: 202,
      stdout: `{"activationId":"${id}","finished":false}\n`,
      stderr: '',
    });
  });

  it('asks with --wait for the record until it is there', async () => {
    const missing = { status: 404, body: { error: 'The requested resource does not exist.', code: 't' } };
    const record = {
      activationId: id,
      response: { success: false, status: 'application error', result: { error: 'x' } },
    };
    rt.host
      .expect(post(true, true), { status: 202, body: { activationId: id } })
      .expect(`GET /api/v1/namespaces/_/activations/${id}`, missing)
      .expect(`GET /api/v1/namespaces/_/activations/${id}`, { body: record });
    const { status, stderr } = await rt.run('action invoke hello -r --wait 10s');
    assert.deepEqual([status, stderr], [246, '{\n    "error": "x"\n}\n']);
  });

  it('shows the log lines on stderr behind the result with --logs', async () => {
    rt.host
      .expect(post(true, true), { body: '{}', headers: header })
      .expect(`GET /api/v1/namespaces/_/activations/${id}/logs`, { body: { logs: ['one', 'two'] } });
    assert.deepEqual(await rt.run('action invoke hello -r --logs'), {
      status: 0,
      stdout: '{}\n',
      stderr: 'one\ntwo\n',
    });
  });

  it('C-31: sends any JSON value of a file or of stdin with --body, digits unchanged', async () => {
    await rt.folder.write('list.json', '[1, 2.50, {"id": 12345678901234567890}]\n');
    rt.host.expect(post(true, true), { body: '{}', headers: header });
    assert.equal((await rt.run('action invoke hello -r --body list.json')).status, 0);
    assert.equal(rt.lastText, '[1, 2.50, {"id": 12345678901234567890}]\n');
    rt.host.expect(post(true, true), { body: '{}', headers: header });
    await rt.run('invoke hello --body -', { stdin: '"text"' });
    assert.equal(rt.lastText, '"text"');
  });

  describe('--web', () => {
    const read = 'GET /api/v1/namespaces/_/actions/page?code=false';
    const page = { namespace: 'guest', name: 'page', annotations: [{ key: 'web-export', value: true }] };

    it('prints the URL of the web action with the parameters as its query when there is no browser', async () => {
      const url = (): string => `${rt.host.url}/api/v1/web/guest/default/page?name=B+%26+b&n=1&list=%5B1%2C2%5D`;
      const line = ['action', 'invoke', 'page', '--web', '-p', 'name', 'B & b', '-p', 'n', '1', '-p', 'list', '[1,2]'];
      rt.host.expect(read, { body: page });
      assert.deepEqual(await rt.run(line), { status: 0, stdout: `${url()}\n`, stderr: '' });
      rt.host.expect(read, { body: page });
      assert.equal((await rt.run([...line, '--json'])).stdout, `${JSON.stringify({ url: url() })}\n`);
    });

    it('opens it in the browser of somebody who sits at a terminal', async () => {
      const browser = await rt.folder.write('browser', { content: '#!/bin/sh\necho "$1" > "$0.seen"\n', mode: 0o755 });
      rt.host.expect(read, { body: page });
      const { stdout } = await rt.run('invoke page a=1 --web', {
        columns: 80,
        answer: () => true,
        env: { BROWSER: browser, NO_COLOR: '1' },
      });
      const url = `${rt.host.url}/api/v1/web/guest/default/page?a=1`;
      assert.equal(stdout, `ok: opened ${url}\n`);
      await waitUntil('the browser has started', () => existsSync(`${browser}.seen`));
      await waitUntil('it has the URL', async () => (await readFile(`${browser}.seen`, 'utf8')) === `${url}\n`);
    });

    it('refuses an action that is not on the web', async () => {
      rt.host.expect(read, { body: { ...page, annotations: [] } });
      const { status, stderr } = await rt.run('invoke page --web');
      assert.equal(status, 2);
      assert.match(
        stderr,
        /^error: 'page' is not a web action\nhint: make it one with 'rt action update page --web true'\n/,
      );
    });
  });

  it('prints an array result as it is', async () => {
    rt.host.expect(post(true, true), { body: '[1,2.50]', headers: header });
    assert.equal((await rt.run('action invoke hello -r')).stdout, '[\n    1,\n    2.50\n]\n');
  });

  it('ends at once when it is interrupted', async () => {
    const controller = new AbortController();
    rt.host.expect(post(true, true), () => {
      controller.abort();
    });
    const { status, stdout } = await rt.run('action invoke hello -r', { signal: controller.signal });
    assert.notEqual(status, 0);
    assert.equal(stdout, '');
  });

  const refused: readonly [string, string][] = [
    ['action invoke', 'Invalid argument(s). An action name is required.'],
    ['action invoke hello word', 'Invalid argument(s): word. An action name is required.'],
    ['action invoke hello -b --no-wait', 'Cannot use --blocking together with --no-wait'],
    [
      'action invoke hello -p list ["a"',
      "Invalid parameter argument 'list': not valid JSON at column 5 (unexpected end)",
    ],
    [
      'action invoke hello --wait=soon',
      "Invalid value 'soon' for --wait: expected a number of milliseconds (60000) or a duration such as 90s or 1.5m",
    ],
    ['action invoke hello --body list.json -p a 1', 'Cannot use --body together with --param'],
    ['action invoke hello a=1 --body package.json', "File 'package.json' is not a valid file or it does not exist"],
    ['action invoke hello --bloking', 'Unknown flag --bloking'],
  ];
  for (const [line, message] of refused) {
    it(`refuses '${line}' before any request`, async () => {
      const { status, stderr } = await rt.run(line);
      assert.equal(stderr.split('\n')[0], `error: ${message}`);
      assert.equal(status, 2);
      assert.deepEqual(rt.host.requests, []);
    });
  }
});
