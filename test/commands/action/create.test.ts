import assert from 'node:assert/strict';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

const put = 'PUT /api/v1/namespaces/_/actions/hello?overwrite=false';

const stored = {
  namespace: 'guest',
  name: 'hello',
  version: '0.0.1',
  exec: { kind: 'nodejs:20', code: 'x', binary: false },
  annotations: [{ key: 'web-export', value: true }],
  parameters: [],
  limits: {},
};

const webTrue = [
  { key: 'web-export', value: true },
  { key: 'raw-http', value: false },
  { key: 'final', value: true },
];

describe('rt action create', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
    await rt.folder.write('hello.js', 'function main() {}');
    await rt.folder.write('app/index.js', '');
    await rt.folder.write('tool', 'x');
  });

  afterEach(async () => {
    await rt.close();
  });

  /** Runs a line that must send one PUT, and gives its body. */
  async function sent(line: string | readonly string[]): Promise<unknown> {
    rt.host.expect(put, { body: stored });
    const result = await rt.run(line);
    assert.equal(result.status, 0, result.stderr);
    assert.match(result.stdout, /^ok: created action hello\n/);
    return rt.lastBody;
  }

  it('sends only what the line says', async () => {
    assert.deepEqual(await sent('action create hello hello.js'), {
      exec: { kind: 'nodejs:default', code: 'function main() {}', binary: false },
    });
  });

  it('sends parameters, environment, annotations and limits in the forms of the API, digits unchanged', async () => {
    await sent(
      'action create hello hello.js -p id 12345678901234567890 -e HOST 1.0 -a note hi -t 90s -m 1GB -l 0 -c 2',
    );
    assert.match(rt.lastText, /\{"key":"id","value":12345678901234567890\},\{"key":"HOST","value":1\.0,"init":true\}/);
    const { annotations, limits } = rt.lastBody as Record<string, unknown>;
    assert.deepEqual(annotations, [{ key: 'note', value: 'hi' }]);
    assert.deepEqual(limits, { timeout: 90_000, memory: 1024, logs: 0, concurrency: 2 });
  });

  it('accepts pair flags in front of the name', async () => {
    assert.deepEqual(await sent('action create -p name Bob hello hello.js'), {
      exec: { kind: 'nodejs:default', code: 'function main() {}', binary: false },
      parameters: [{ key: 'name', value: 'Bob' }],
    });
  });

  const sequences = [
    'hello a,/x/b --sequence',
    'hello --sequence a,/x/b',
    '--sequence hello a,/x/b',
    'hello --sequence=a,/x/b',
  ];
  for (const words of sequences) {
    it(`makes a sequence of '${words}'`, async () => {
      assert.deepEqual(await sent(`action create ${words}`), {
        exec: { kind: 'sequence', components: ['/_/a', '/x/b'] },
      });
    });
  }

  it('names the components that do not exist', async () => {
    rt.host
      .expect(put, { status: 400, body: { error: 'Sequence component does not exist.', code: 'tid' } })
      .expect('GET /api/v1/namespaces/_/actions/a?code=false', { body: stored })
      .expect('GET /api/v1/namespaces/_/actions/p/b?code=false', { status: 404, body: { error: 'no', code: 't' } });
    const { status, stderr } = await rt.run('action create hello a,p/b --sequence');
    assert.equal(status, 144);
    assert.equal(
      stderr,
      "error: Unable to create action 'hello': Sequence component does not exist. (code tid)\nhint: missing: /_/p/b\n",
    );
  });

  for (const words of ['hello old --copy', 'hello --copy old', '--copy hello old']) {
    it(`copies with '${words}', and what the line says wins`, async () => {
      const old = {
        exec: { kind: 'nodejs:20', code: 'old', binary: false },
        parameters: [
          { key: 'a', value: 1.5 },
          { key: 'b', value: 2 },
        ],
        annotations: [
          { key: 'exec', value: 'nodejs:20' },
          { key: 'final', value: true },
        ],
        limits: { timeout: 1000, memory: 256 },
      };
      rt.host.expect('GET /api/v1/namespaces/_/actions/old', { body: old });
      assert.deepEqual(await sent(`action create ${words} -p a 9 -m 512`), {
        exec: old.exec,
        parameters: [
          { key: 'a', value: 9 },
          { key: 'b', value: 2 },
        ],
        annotations: [{ key: 'final', value: true }],
        limits: { timeout: 1000, memory: 512 },
      });
    });
  }

  const images: readonly [string, object][] = [
    ['hello --docker me/tool', { kind: 'blackbox', image: 'me/tool', binary: false }],
    ['hello tool --docker me/tool', { kind: 'blackbox', image: 'me/tool', binary: false, code: 'x' }],
    ['hello tool --native', { kind: 'blackbox', image: 'openwhisk/dockerskeleton', binary: false, code: 'x' }],
  ];
  for (const [words, exec] of images) {
    it(`runs an image with '${words}'`, async () => {
      assert.deepEqual(await sent(`action create ${words}`), { exec });
    });
  }

  it('zips a folder', async () => {
    const { exec } = (await sent('action create hello ./app')) as { exec: Record<string, unknown> };
    assert.equal(exec['kind'], 'nodejs:default');
    assert.equal(exec['binary'], true);
    assert.match(String(exec['code']), /^UEsDB/);
  });

  const webs: readonly [string, readonly object[]][] = [
    ['--web true', webTrue],
    ['--web', webTrue],
    ['--web=YES', webTrue],
    ['--web raw', webTrue.map(({ key }) => ({ key, value: true }))],
    ['--web no', webTrue.map(({ key }) => ({ key, value: false }))],
  ];
  for (const [words, annotations] of webs) {
    it(`sends three annotations for ${words}`, async () => {
      const body = (await sent(`action create hello hello.js ${words}`)) as { annotations: unknown };
      assert.deepEqual(body.annotations, annotations);
    });
  }

  it('leaves FILE alone when it follows a bare --web, and shows the URL', async () => {
    rt.host.expect(put, { body: stored });
    const { stdout } = await rt.run('action create hello --web hello.js');
    assert.equal(stdout, `ok: created action hello\n${rt.host.url}/api/v1/web/guest/default/hello\n`);
  });

  it('makes a secret for --web-secure true and shows it once', async () => {
    rt.host.expect(put, { body: stored });
    const { stderr } = await rt.run('action create hello hello.js --web true --web-secure true');
    const [, secret] = /^note: web secret: (\d+) \(send it as X-Require-Whisk-Auth\)\n$/.exec(stderr) ?? [];
    assert.ok(secret !== undefined && Number.isSafeInteger(Number(secret)), stderr);
    const { annotations } = rt.lastBody as { annotations: readonly object[] };
    assert.deepEqual(annotations.at(-1), { key: 'require-whisk-auth', value: Number(secret) });
  });

  it('prints the entity without code and with its URL as one JSON document', async () => {
    rt.host.expect(put, { body: stored });
    const { stdout, stderr } = await rt.run('action create hello hello.js --json');
    const { exec, ...rest } = stored;
    const url = `${rt.host.url}/api/v1/web/guest/default/hello`;
    assert.deepEqual(JSON.parse(stdout), { ...rest, exec: { kind: exec.kind, binary: exec.binary }, url });
    assert.equal(stderr, '');
  });

  it('suggests the update when the name is taken', async () => {
    rt.host.expect(put, { status: 409, body: { error: 'resource already exists', code: 'tid' } });
    const { status, stdout, stderr } = await rt.run('action create hello hello.js');
    assert.equal(status, 153);
    assert.equal(stdout, '');
    assert.equal(
      stderr,
      "error: Unable to create action 'hello': resource already exists (code tid)\nhint: use 'rt action update hello hello.js' to replace it\n",
    );
  });

  it('leaves an action as it is that has the name already with --if-not-exists', async () => {
    const taken = { status: 409, body: { error: 'resource already exists', code: 'tid' } };
    const read = 'GET /api/v1/namespaces/_/actions/hello?code=false';
    rt.host.expect(put, taken).expect(read, { body: stored });
    assert.deepEqual(await rt.run('action create hello hello.js --if-not-exists'), {
      status: 0,
      stdout: 'ok: action hello already exists\n',
      stderr: '',
    });
    rt.host.expect(put, taken).expect(read, { body: stored });
    const { stdout } = await rt.run('action create hello hello.js --if-not-exists --json');
    assert.equal((JSON.parse(stdout) as { version?: unknown }).version, '0.0.1');
    rt.host.expect(put, { body: stored });
    const fresh = await rt.run('action create hello hello.js --if-not-exists');
    assert.equal(fresh.stdout, 'ok: created action hello\n');
  });

  it('fails with --if-not-exists when the name is taken by an entity of another kind', async () => {
    const conflict = { status: 409, body: { error: 'Resource exists but is not in this collection.', code: 'tid' } };
    rt.host.expect(put, conflict).expect('GET /api/v1/namespaces/_/actions/hello?code=false', conflict);
    const { status, stderr } = await rt.run('action create hello hello.js --if-not-exists');
    assert.equal(status, 153);
    assert.match(stderr, /^error: Unable to get action 'hello': Resource exists but is not in this collection\./);
  });

  it('lists the valid kinds one per line and marks the closest', async () => {
    const text =
      "The request content was malformed:\nThe specified runtime 'nodejs:2O' is not supported by this platform. Valid values are: 'sequence', 'python:3', 'nodejs:20', 'blackbox'.";
    rt.host.expect(put, { status: 400, body: { error: text, code: 'tid' } });
    const { status, stderr } = await rt.run('action create hello hello.js --kind nodejs:2O');
    assert.equal(status, 144);
    const [first, , ...lines] = stderr.split('\n');
    assert.equal(first, "error: Unable to create action 'hello': The request content was malformed:");
    assert.deepEqual(lines.slice(0, 4), ['  blackbox', '  nodejs:20  <- the closest', '  python:3', '  sequence']);
  });

  it('asks the platform whether it runs TypeScript', async () => {
    await rt.folder.write('typed.ts', 'x');
    rt.host.expect('GET /', { body: { runtimes: { nodejs: [{ kind: 'nodejs:20' }] } } });
    const { status, stderr } = await rt.run('action create hello typed.ts');
    assert.equal(status, 2);
    assert.match(stderr, /^error: This platform has no runtime for TypeScript\nhint: build/);
  });

  it('percent-encodes every part of a name by itself', async () => {
    rt.host.expect('PUT /api/v1/namespaces/my%20ns/actions/p%26q/a%20%C3%A9?overwrite=false', { body: stored });
    const { status, stderr } = await rt.run(['action', 'create', '/my ns/p&q/a é', 'hello.js']);
    assert.equal(status, 0, stderr);
  });

  it('uses the namespace of --namespace for names and components without one', async () => {
    rt.host.expect('PUT /api/v1/namespaces/team/actions/hello?overwrite=false', { body: stored });
    await rt.run('action create hello a,b --sequence --namespace team');
    assert.deepEqual(rt.lastBody, { exec: { kind: 'sequence', components: ['/team/a', '/team/b'] } });
  });

  const refused: readonly [string, string][] = [
    ['', 'Invalid argument(s). An action name and code artifact are required.'],
    ['a', 'Invalid argument(s). An action name and code artifact are required.'],
    ['a b c', 'Invalid argument(s): c. An action name and code artifact are required.'],
    ['a nofile.js', "File 'nofile.js' is not a valid file or it does not exist"],
    ['a hello.js --kind', 'Flag --kind expects a value'],
    [
      'a hello.js --memory abc',
      "Invalid value 'abc' for --memory: expected a number of MB (256) or a size such as 512MB",
    ],
    ['a hello.js --kind nodejs:20 --docker x', 'Cannot specify both --kind and --docker at the same time.'],
    ['a hello.js --native --docker x', 'Cannot use --native together with --docker'],
    ['a b,c --sequence --kind nodejs:20', 'Cannot use --sequence together with --kind'],
    ['a b,,c --sequence', 'Invalid argument(s). invalid sequence component at position 2'],
    ['a --sequence b hello.js', "Invalid argument(s): hello.js. --sequence names 'b' already."],
    ['a --main go', 'Flag --main needs a code artifact.'],
    [
      'a hello.js --web maybe',
      "Invalid argument 'maybe' for --web flag. Valid input consist of 'yes', 'true', 'raw', 'false', or 'no'.",
    ],
    ['a hello.js --web-secure true', 'The --web-secure option is only valid when the --web option is enabled.'],
    ['a hello.js -p k', "Arguments for '-p' must be a key/value pair"],
    ['/a/b/c/d hello.js', "'/a/b/c/d' is not a valid qualified name: A valid qualified name must be specified."],
    ['a hello.js --if-not-exist', 'Unknown flag --if-not-exist'],
    ['a/ hello.js', "'a/' is not a valid qualified name: A valid qualified name must be specified."],
    ['a//b hello.js', "'a//b' is not a valid qualified name: A valid qualified name must be specified."],
  ];
  for (const [words, message] of refused) {
    it(`refuses 'action create ${words}' before any request`, async () => {
      const { status, stdout, stderr } = await rt.run(`action create ${words}`.trim());
      assert.equal(stderr.split('\n')[0], `error: ${message}`);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.deepEqual(rt.host.requests, []);
    });
  }

  it('C-59: reports several problems of one line together', async () => {
    const values = await rt.run('action create a hello.js --memory abc --timeout soon --bogus');
    assert.equal(values.status, 2);
    assert.deepEqual(values.stderr.split('\n'), [
      'error: Unknown flag --bogus',
      "error: Invalid value 'abc' for --memory: expected a number of MB (256) or a size such as 512MB",
      "error: Invalid value 'soon' for --timeout: expected a number of milliseconds (60000) or a duration such as 90s or 1.5m",
      "Run 'rt action create --help' for usage.",
      '',
    ]);
    const missing = await rt.run('action create --memory abc');
    assert.match(
      missing.stderr,
      /^error: Invalid argument\(s\)\. An action name and code artifact are required\.\nerror: Invalid value 'abc' for --memory/,
    );
    const late = await rt.run(['action', 'create', 'a//b', 'x.js', '--kind', 'k', '--docker', 'd', '-p', 'k', '["a"']);
    assert.equal(late.status, 2);
    assert.deepEqual(
      late.stderr.split('\n').filter((line) => line.startsWith('error:')),
      [
        "error: 'a//b' is not a valid qualified name: A valid qualified name must be specified.",
        'error: Cannot specify both --kind and --docker at the same time.',
        "error: Invalid parameter argument 'k': not valid JSON at column 5 (unexpected end)",
      ],
    );
    assert.deepEqual(rt.host.requests, []);
  });

  it('names near files when the code is missing', async () => {
    const { stderr } = await rt.run('action create a hallo.js');
    assert.match(stderr, /^hint: did you mean 'hello\.js'\?$/m);
  });
});
