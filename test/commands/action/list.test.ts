import assert from 'node:assert/strict';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

function action(name: string, options: { namespace?: string; annotations?: object[]; publish?: boolean } = {}): object {
  const annotations = [{ key: 'exec', value: 'nodejs:20' }, ...(options.annotations ?? [])];
  return {
    namespace: options.namespace ?? 'guest',
    name,
    version: '0.0.2',
    publish: options.publish ?? false,
    annotations,
    updated: 0,
  };
}

function actions(count: number): object[] {
  return Array.from({ length: count }, (_, index) => action(`a${String(index)}`));
}

function page(limit: number, skip: number, path = '_/actions'): string {
  return `GET /api/v1/namespaces/${path}?limit=${String(limit)}&skip=${String(skip)}`;
}

const web = { key: 'web-export', value: true };

describe('rt action list', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(async () => {
    await rt.close();
  });

  it("begins every row with wsk's columns", async () => {
    rt.host.expect(page(30, 0), {
      body: [
        action('plain', { publish: true }),
        action('open', { namespace: 'guest/p', annotations: [web] }),
        action('safe', { annotations: [web, { key: 'require-whisk-auth', value: 's' }] }),
        action('raw', { annotations: [web, { key: 'raw-http', value: true }] }),
      ],
    });
    const { stdout } = await rt.run('action list');
    const [header, ...rows] = stdout.trimEnd().split('\n');
    assert.equal(header, 'actions');
    assert.deepEqual(
      rows.map((row) => row.split(/ +/).slice(0, 5).join(' ')),
      [
        '/guest/plain shared nodejs:20 - 0.0.2',
        '/guest/p/open private nodejs:20 web 0.0.2',
        '/guest/safe private nodejs:20 web* 0.0.2',
        '/guest/raw private nodejs:20 raw 0.0.2',
      ],
    );
    assert.match(rows[0] ?? '', / \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it('sorts by namespace, actions of no package first, then package and name', async () => {
    const body = [
      action('b', { namespace: 'guest/p' }),
      action('z'),
      action('a', { namespace: 'guest/p' }),
      action('c'),
    ];
    rt.host.expect(page(30, 0), { body });
    const { stdout } = await rt.run('action list --name-sort --output name');
    assert.equal(stdout, '/guest/c\n/guest/z\n/guest/p/a\n/guest/p/b\n');
  });

  const scopes: readonly [string, string][] = [
    ['/ns', 'ns/actions'],
    ['/ns/', 'ns/actions'],
    ['pkg', '_/actions/pkg/'],
    ['/ns/pkg', 'ns/actions/pkg/'],
    ['ns/pkg', 'ns/actions/pkg/'],
    ['/_/pkg', '_/actions/pkg/'],
  ];
  for (const [word, path] of scopes) {
    it(`lists ${path} for ${word}`, async () => {
      rt.host.expect(page(30, 0, path), { body: [] });
      assert.deepEqual(await rt.run(`action list ${word}`), { status: 0, stdout: 'actions\n', stderr: '' });
    });
  }

  it('fetches more than a page in pages', async () => {
    rt.host.expect(page(200, 5), { body: actions(200) }).expect(page(50, 205), { body: actions(20) });
    const { stdout } = await rt.run('action list --limit 250 --skip 5 --json');
    assert.equal((JSON.parse(stdout) as object[]).length, 220);
  });

  it('fetches everything with --all', async () => {
    rt.host.expect(page(200, 0), { body: actions(200) }).expect(page(200, 200), { body: [] });
    assert.equal((JSON.parse((await rt.run('action list --all --json')).stdout) as object[]).length, 200);
  });

  it('notes that the default limit has cut the list', async () => {
    rt.host.expect(page(30, 0), { body: actions(30) }).expect(page(1, 30), { body: actions(1) });
    assert.equal((await rt.run('action list')).stderr, 'note: showing the latest 30; --all for everything\n');
    rt.host.expect(page(30, 0), { body: actions(30) }).expect(page(1, 30), { body: [] });
    assert.equal((await rt.run('action list')).stderr, '');
  });

  it('sends limit 0 for as many as the server gives', async () => {
    rt.host.expect(page(0, 0), { body: actions(3) });
    assert.equal((await rt.run('action list -l 0')).status, 0);
  });

  it('narrows traces with --debug=FILTER', async () => {
    const records = 'GET /api/v1/namespaces/_/actions?limit=30&skip=0';
    rt.host.expect(records, { body: [] });
    const settings = await rt.run('action list --debug=config');
    assert.match(settings.stderr, /^config: apihost = http:\S+ \(RT_APIHOST\)\nconfig: auth = \*\*\*\* \(RT_AUTH\)\n/);
    assert.doesNotMatch(settings.stderr, /GET/);
    rt.host.expect(records, { body: [] });
    const requests = await rt.run('action list --debug=http');
    assert.match(requests.stderr, /^> GET http/);
    assert.doesNotMatch(requests.stderr, /config:/);
    const nothing = await rt.run('action list --debug=nothing');
    assert.equal(nothing.status, 2);
    assert.match(
      nothing.stderr,
      /^error: Invalid value 'nothing' for --debug: expected one or more of http, config, stack\n/,
    );
  });

  it('counts', async () => {
    for (const [line, stdout] of [
      ['action list --count', 'You have 3 actions in this namespace.\n'],
      ['action list -c --json', '{"actions":3}\n'],
    ] as const) {
      rt.host.expect('GET /api/v1/namespaces/_/actions?count=true', { body: { actions: 3 } });
      assert.deepEqual(await rt.run(line), { status: 0, stdout, stderr: '' });
    }
  });

  it('hints on a terminal what to do when there is nothing', async () => {
    rt.host.expect(page(30, 0), { body: [] });
    const { stderr } = await rt.run('action list --no-color', { columns: 80 });
    assert.match(stderr, /hint: no actions yet; create one with rt action create NAME FILE/);
  });

  it('takes an answer that is no list for a foreign host', async () => {
    rt.host.expect(page(30, 0), { body: '<html>' });
    const { status, stderr } = await rt.run('action list');
    assert.equal(status, 3);
    assert.match(stderr, /did not answer with a list/);
  });

  const refused: readonly [string, string][] = [
    ['--limit 0x10', "Invalid value '0x10' for --limit: expected a whole number, 0 or more"],
    ['--limit -1', "Invalid value '-1' for --limit: expected a whole number, 0 or more"],
    ['--limit 1.5', "Invalid value '1.5' for --limit: expected a whole number, 0 or more"],
    ['--all --limit 3', 'Cannot use --all together with --limit'],
    ['--bogus', 'Unknown flag --bogus'],
    ['/a/b/c', "'/a/b/c' is neither a namespace (/NAMESPACE) nor a package (PACKAGE or /NAMESPACE/PACKAGE)."],
  ];
  for (const [words, message] of refused) {
    it(`refuses '${words}'`, async () => {
      const { status, stderr } = await rt.run(`action list ${words}`);
      assert.equal(stderr.split('\n')[0], `error: ${message}`);
      assert.equal(status, 2);
      assert.deepEqual(rt.host.requests, []);
    });
  }
});
