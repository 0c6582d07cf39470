import assert from 'node:assert/strict';
import { readFile, stat, symlink } from 'node:fs/promises';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

const slim = 'GET /api/v1/namespaces/_/actions/hello?code=false';
const whole = 'GET /api/v1/namespaces/_/actions/hello';

const action =
  '{"namespace":"guest/p","name":"hello","version":"0.0.1","exec":{"kind":"nodejs:20","binary":false},' +
  '"annotations":[{"key":"web-export","value":true},{"key":"description","value":"greets"},' +
  '{"key":"parameters","value":[{"name":"other"}]}],"parameters":[{"key":"place","value":12345678901234567890}],"limits":{"timeout":60000}}';

function withExec(exec: object): { body: object } {
  return { body: { ...(JSON.parse(action) as object), exec } };
}

describe('rt action get', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(async () => {
    await rt.close();
  });

  const views: readonly [string, (url: string) => string][] = [
    [
      'hello exec',
      () => 'ok: got action hello, displaying field exec\n{\n    "kind": "nodejs:20",\n    "binary": false\n}\n',
    ],
    ['hello EXEC.Kind', () => 'ok: got action hello, displaying field EXEC.Kind\n"nodejs:20"\n'],
    ['hello parameters.0.value -q', () => '12345678901234567890\n'],
    ['hello --summary', () => 'action /guest/p/hello: greets\n   (parameters: other, *place)\n'],
    ['hello --url', (url) => `ok: got action hello\n${url}/api/v1/web/guest/p/hello\n`],
    ['hello exec --url -q', (url) => `${url}/api/v1/web/guest/p/hello\n`],
    ['hello --json limits', () => '{"timeout":60000}\n'],
  ];
  for (const [words, expected] of views) {
    it(`shows '${words}'`, async () => {
      rt.host.expect(slim, { body: action });
      assert.deepEqual(await rt.run(`action get ${words}`), { status: 0, stdout: expected(rt.host.url), stderr: '' });
    });
  }

  it('shows the whole action in the order of the server, digits unchanged', async () => {
    rt.host.expect(slim, { body: action });
    const { stdout } = await rt.run('action get hello');
    assert.match(stdout, /^ok: got action hello\n\{\n {4}"namespace": "guest\/p",\n/);
    assert.match(stdout, /"value": 12345678901234567890/);
  });

  it('shows the forms of a URL with an extension with --output wide', async () => {
    rt.host.expect(slim, { body: action });
    const { stdout } = await rt.run('url hello --output wide');
    const url = `${rt.host.url}/api/v1/web/guest/p/hello`;
    assert.equal(stdout, `ok: got action hello\n${url}\n${url}.json\n${url}.http\n`);
  });

  it('prints the source exactly with --code, and no archive', async () => {
    rt.host.expect(whole, withExec({ kind: 'nodejs:20', binary: false, code: '\ufeffa\r\n' }));
    assert.equal((await rt.run('action get hello --code')).stdout, '\ufeffa\r\n');
    rt.host.expect(whole, withExec({ kind: 'nodejs:20', binary: true, code: 'UEsDBA==' }));
    const { status, stderr } = await rt.run('action get hello --code');
    assert.match(stderr, /^error: Cannot display code because it is not plaintext\.\n/);
    assert.equal(status, 2);
  });

  it('saves code under the name of the action, and never over a file or through a link', async () => {
    const text = withExec({ kind: 'nodejs:20', binary: false, code: 'x' });
    rt.host.expect(whole, text);
    const { stdout } = await rt.run('action get hello --save');
    assert.equal(stdout, `ok: saved action code to ${rt.folder.at('hello.js')}\n`);
    rt.host.expect(whole, text);
    const again = await rt.run('action get hello --save');
    assert.match(again.stderr, /^error: The file 'hello\.js' already exists\n/);
    assert.equal(again.status, 2);
    await symlink(rt.folder.at('dangling'), rt.folder.at('link.js'));
    rt.host.expect(whole, text);
    assert.equal((await rt.run('action get hello --save-as link.js')).status, 2);
    rt.host.expect(whole, text);
    assert.equal((await rt.run('action get hello --save-as link.js --force')).status, 0);
    assert.equal(await readFile(rt.folder.at('link.js'), 'utf8'), 'x');
    await assert.rejects(readFile(rt.folder.at('dangling')));
  });

  it('saves archives as bytes', async () => {
    rt.host.expect(whole, withExec({ kind: 'python:3', binary: true, code: 'UEsDBP8=' }));
    await rt.run('action get hello --save');
    assert.equal((await readFile(rt.folder.at('hello.zip'))).toString('hex'), '504b0304ff');
  });

  it('saves environment values as .env lines or JSON, readable for the user only', async () => {
    const parameters = [
      { key: 'plain', value: 'no' },
      { key: 'HOST', value: ' a "b" #c', init: true },
      { key: 'PORT', value: 1234, init: true },
      { key: 'EMPTY', value: '', init: true },
      { key: 'LIST', value: [1, { a: 2 }], init: true },
    ];
    const body = { ...(JSON.parse(action) as object), parameters };
    rt.host.expect(slim, { body });
    const { stdout } = await rt.run('action get hello --save-env hello.env');
    assert.equal(stdout, `ok: saved action environment to ${rt.folder.at('hello.env')}\n`);
    assert.equal(
      await readFile(rt.folder.at('hello.env'), 'utf8'),
      `HOST=' a "b" #c'\nPORT=1234\nEMPTY=\nLIST=[1,{"a":2}]\n`,
    );
    assert.equal((await stat(rt.folder.at('hello.env'))).mode & 0o777, 0o600);
    rt.host.expect(slim, { body });
    const again = await rt.run('action get hello -E hello.env');
    assert.match(again.stderr, /^error: The file 'hello\.env' already exists\nhint: use --force to replace it\n/);
    rt.host.expect(slim, { body });
    const printed = await rt.run('action get hello -J -');
    assert.deepEqual(JSON.parse(printed.stdout), { HOST: ' a "b" #c', PORT: '1234', EMPTY: '', LIST: '[1,{"a":2}]' });
  });

  it('does not write a value as a .env line that would be read as another one', async () => {
    const parameters = [{ key: 'TEXT', value: 'a\nb', init: true }];
    rt.host.expect(slim, { body: { ...(JSON.parse(action) as object), parameters } });
    const { status, stderr } = await rt.run('action get hello --save-env -');
    assert.equal(status, 2);
    assert.match(stderr, /^error: The environment variable 'TEXT' cannot be written as a line of a \.env file\nhint: /);
  });

  it('has nothing to save of sequences and bare images', async () => {
    rt.host.expect(whole, withExec({ kind: 'sequence', components: [] }));
    assert.match((await rt.run('action get hello --save')).stderr, /^error: Cannot save action sequences\n/);
    rt.host.expect(whole, withExec({ kind: 'blackbox', image: 'x' }));
    assert.match((await rt.run('action get hello --save')).stderr, /^error: Cannot save Docker images\n/);
  });

  it('refuses an unknown field before any request', async () => {
    const { status, stderr } = await rt.run('action get hello foo');
    assert.match(stderr, /^error: Invalid field filter 'foo'\.\nhint: fields: annotations, .*name/);
    assert.equal(status, 2);
    assert.deepEqual(rt.host.requests, []);
  });

  it('exits with 148 for an action that does not exist', async () => {
    rt.host.expect(slim, { status: 404, body: { error: 'The requested resource does not exist.', code: 'tid' } });
    const { status, stdout, stderr } = await rt.run('action get hello --json');
    assert.equal(status, 148);
    const { error } = JSON.parse(stdout) as { error: Record<string, unknown> };
    assert.deepEqual([error['code'], error['status'], error['tid'], error['exitCode']], ['not_found', 404, 'tid', 148]);
    assert.match(
      stderr,
      /^error: Unable to get action 'hello': The requested resource does not exist\. \(code tid\)\n/,
    );
  });
});

describe('rt action delete', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(async () => {
    await rt.close();
  });

  const missing = { status: 404, body: { error: 'The requested resource does not exist.', code: 't' } };

  it('deletes several, and tells what was deleted before the first failure', async () => {
    rt.host
      .expect('DELETE /api/v1/namespaces/_/actions/a', { body: { name: 'a', exec: { code: 'x' } } })
      .expect('DELETE /api/v1/namespaces/_/actions/p/b', missing);
    const { status, stdout, stderr } = await rt.run('action delete a p/b c');
    assert.equal(stdout, 'ok: deleted action a\n');
    assert.match(
      stderr,
      /^error: Unable to delete action 'p\/b': The requested resource does not exist\. \(code t\)\n/,
    );
    assert.equal(status, 148);
  });

  it('prints what it was without code, and accepts a missing one with --if-exists', async () => {
    rt.host.expect('DELETE /api/v1/namespaces/_/actions/a', { body: { name: 'a', exec: { kind: 'x', code: 'y' } } });
    assert.equal((await rt.run('action rm a --json')).stdout, '{"name":"a","exec":{"kind":"x"}}\n');
    rt.host.expect('DELETE /api/v1/namespaces/_/actions/a', missing);
    assert.deepEqual(await rt.run('action delete a --if-exists'), {
      status: 0,
      stdout: 'ok: action a does not exist\n',
      stderr: '',
    });
  });
});
