import assert from 'node:assert/strict';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

const base = '/api/v1/namespaces/_/packages';
const empty = {
  namespace: 'guest',
  name: 'p',
  version: '0.0.1',
  publish: false,
  parameters: [],
  annotations: [],
  binding: {},
};
const missing = { status: 404, body: { error: 'The requested resource does not exist.', code: 'tid' } };
const exists = { status: 409, body: { error: 'resource already exists', code: 'tid' } };

describe('rt package', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(async () => {
    await rt.close();
  });

  describe('create and update', () => {
    for (const [verb, overwrite] of [
      ['create', 'false'],
      ['update', 'true'],
    ] as const) {
      const put = `PUT ${base}/p?overwrite=${overwrite}`;

      it(`C-29, C-44: ${verb}s with one PUT of what was given`, async () => {
        rt.host.expect(put, { body: empty });
        assert.deepEqual(await rt.run(`package ${verb} p -p id 12345678901234567890 -a note hi`), {
          status: 0,
          stdout: `ok: ${verb}d package p\n`,
          stderr: '',
        });
        assert.equal(
          rt.lastText,
          '{"parameters":[{"key":"id","value":12345678901234567890}],"annotations":[{"key":"note","value":"hi"}]}',
        );
        rt.host.expect(put, { body: empty });
        assert.deepEqual(JSON.parse((await rt.run(`package ${verb} p --json`)).stdout), empty);
        assert.equal(rt.lastText, '{}');
      });

      const scopes: readonly [string, boolean][] = [
        ['p --shared', true],
        ['--shared yes p', true],
        ['p --shared TRUE', true],
        ['--shared p', true],
        ['p --shared no', false],
        ['p --shared=false', false],
      ];
      for (const [words, publish] of scopes) {
        it(`sends publish ${String(publish)} for '${verb} ${words}'`, async () => {
          rt.host.expect(put, { body: empty });
          assert.equal((await rt.run(`package ${verb} ${words}`)).status, 0);
          assert.deepEqual(rt.lastBody, { publish });
        });
      }
    }

    it("C-53, C-57: fails in wsk's words, with a hint at update", async () => {
      rt.host.expect(`PUT ${base}/p?overwrite=false`, exists);
      assert.deepEqual(await rt.run('package create p'), {
        status: 153,
        stdout: '',
        stderr:
          "error: Unable to create package 'p': resource already exists (code tid)\nhint: use 'rt package update p' to change it\n",
      });
      rt.host.expect(`PUT ${base}/p?overwrite=true`, { status: 400, body: { error: 'bad', code: 'tid' } });
      assert.equal((await rt.run('package update p')).stderr, 'error: Package update failed: bad (code tid)\n');
    });

    it('C-8: creates no package of another namespace by two words, but updates one', async () => {
      rt.host.expect(`PUT ${base}/ns/p?overwrite=false`, missing);
      assert.match((await rt.run('package create ns/p')).stderr, /^error: Unable to create package 'ns\/p': /);
      for (const line of ['create /ns/p', 'update ns/p']) {
        const overwrite = String(line.startsWith('update'));
        rt.host.expect(`PUT /api/v1/namespaces/ns/packages/p?overwrite=${overwrite}`, { body: empty });
        assert.equal((await rt.run(`package ${line}`)).status, 0);
      }
    });
  });

  describe('bind', () => {
    const put = `PUT ${base}/b?overwrite=false`;

    const providers: readonly [string, object][] = [
      ['p', { namespace: '_', name: 'p' }],
      ['/whisk.system/utils', { namespace: 'whisk.system', name: 'utils' }],
      ['whisk.system/utils', { namespace: 'whisk.system', name: 'utils' }],
      ['/_/p', { namespace: '_', name: 'p' }],
    ];
    for (const [word, binding] of providers) {
      it(`C-44: binds ${word}`, async () => {
        rt.host.expect(put, { body: { ...empty, binding } });
        assert.equal((await rt.run(`package bind ${word} b`)).stdout, 'ok: created binding b\n');
        assert.deepEqual(rt.lastBody, { binding });
      });
    }

    it('C-29: sends parameters and annotations, and replaces with --overwrite', async () => {
      rt.host.expect(`PUT ${base}/b?overwrite=true`, { body: empty });
      assert.equal((await rt.run('package bind p b -o -p city Rome -a note hi')).status, 0);
      assert.deepEqual(rt.lastBody, {
        binding: { namespace: '_', name: 'p' },
        parameters: [{ key: 'city', value: 'Rome' }],
        annotations: [{ key: 'note', value: 'hi' }],
      });
    });

    it("C-53, C-57: fails in wsk's words", async () => {
      rt.host.expect(put, exists);
      assert.deepEqual(await rt.run('package bind p b'), {
        status: 153,
        stdout: '',
        stderr:
          'error: Binding creation failed: resource already exists (code tid)\nhint: use --overwrite to replace a binding that exists\n',
      });
    });
  });

  describe('get', () => {
    const actions = [{ name: 'hello', version: '0.0.1', annotations: [{ key: 'description', value: 'greets' }] }];
    const feeds = [
      { name: 'alarm', version: '0.0.1', annotations: [{ key: 'parameters', value: [{ name: 'cron' }] }] },
    ];
    const full = { ...empty, parameters: [{ key: 'city', value: 'Oslo' }], actions, feeds };

    const views: readonly [string, string][] = [
      ['publish', 'ok: got package p, displaying field publish\nfalse\n'],
      ['-q actions.0.name', '"hello"\n'],
      ['--json', `${JSON.stringify(full)}\n`],
      [
        '--summary',
        'package /guest/p: Returns a result based on parameter city\n   (parameters: *city)\n' +
          ' action /guest/p/hello: greets\n   (parameters: none defined)\n' +
          ' feed   /guest/p/alarm: Returns a result based on parameter cron\n   (parameters: cron)\n',
      ],
    ];
    for (const [words, stdout] of views) {
      it(`C-44, C-47, C-49: shows '${words}'`, async () => {
        rt.host.expect(`GET ${base}/p`, { body: full });
        assert.deepEqual(await rt.run(`package get p ${words}`), { status: 0, stdout, stderr: '' });
      });
    }

    it('C-44: leaves out lists in which nothing is', async () => {
      rt.host.expect(`GET ${base}/p`, { body: { ...empty, actions: [], feeds: [] } });
      const { stdout } = await rt.run('package get p');
      assert.match(stdout, /^ok: got package p\n/);
      const { parameters: _, annotations: __, ...shown } = empty;
      assert.deepEqual(JSON.parse(stdout.slice(stdout.indexOf('{'))), shown);
    });
  });

  describe('list', () => {
    const page = `GET ${base}?limit=30&skip=0`;

    it("C-46: begins every row with wsk's columns", async () => {
      const body = [
        { ...empty, binding: false, publish: true, updated: 0 },
        { ...empty, name: 'b', binding: { namespace: 'whisk.system', name: 'utils' }, updated: 0 },
      ];
      rt.host.expect(page, { body });
      const [header, ...rows] = (await rt.run('pkg ls')).stdout.trimEnd().split('\n');
      assert.equal(header, 'packages');
      assert.deepEqual(
        rows.map((row) => row.replaceAll(/ +/g, ' ').replace(/ \S+ \S+$/, '')),
        ['/guest/p shared package 0.0.1', '/guest/b private binding of /whisk.system/utils 0.0.1'],
      );
    });

    it('C-49: gives the records as the host did, and counts', async () => {
      rt.host.expect(page, { body: [empty] });
      assert.deepEqual(JSON.parse((await rt.run('package list --json')).stdout), [empty]);
      rt.host.expect(`GET ${base}?count=true`, { body: { packages: 0 } });
      assert.equal((await rt.run('package list -c')).stdout, 'You have 0 packages in this namespace.\n');
    });
  });

  describe('refresh', () => {
    it("C-71: prints wsk's three lists", async () => {
      const body = { added: ['one', 'two'], updated: [], deleted: ['old'] };
      rt.host.expect(`POST ${base}/refresh`, { body });
      assert.deepEqual(await rt.run('package refresh'), {
        status: 0,
        stdout: "'_' refreshed successfully\ncreated bindings:\none\ntwo\nupdated bindings:\ndeleted bindings:\nold\n",
        stderr: '',
      });
      rt.host.expect('POST /api/v1/namespaces/ns/packages/refresh', { body });
      assert.deepEqual(JSON.parse((await rt.run('package refresh /ns --json')).stdout), body);
    });

    for (const [status, exit] of [
      [501, 245],
      [405, 149],
    ] as const) {
      it(`C-71: says that the platform has none for ${String(status)}`, async () => {
        rt.host.expect(`POST ${base}/refresh`, { status, body: { error: 'no', code: 'tid' } });
        assert.deepEqual(await rt.run('package refresh'), {
          status: exit,
          stdout: '',
          stderr: 'error: The package refresh feature is not implemented in the target deployment\n',
        });
      });
    }

    it('C-53: names the namespace in other failures', async () => {
      rt.host.expect(`POST ${base}/refresh`, { status: 400, body: { error: 'no', code: 'tid' } });
      assert.match(
        (await rt.run('package refresh')).stderr,
        /^error: Package refresh for namespace '_' failed: no \(code tid\)\n/,
      );
    });
  });

  const needed = 'Invalid argument(s). A package name is required.';
  const bothNeeded = 'Invalid argument(s). A package name and binding name are required.';
  const refused: readonly [string, string][] = [
    ['create', needed],
    ['update', needed],
    ['get', needed],
    ['delete', needed],
    ['bind', bothNeeded],
    ['bind p', bothNeeded],
    ['bind p b c', 'Invalid argument(s): c. A package name and binding name are required.'],
    ['create p --shared maybe', "Cannot use value 'maybe' for shared."],
    ['create a/b/c/d', "'a/b/c/d' is not a valid qualified name: A valid qualified name must be specified."],
    ['delete a/b/c', "'a/b/c' is not a valid qualified name: A valid qualified name must be specified."],
    ['delete p --rules', 'Flag --rules needs --recursive.'],
    ['get p exec', "Invalid field filter 'exec'."],
    ['refresh /a b', 'Invalid argument(s): b. An optional namespace is the only valid argument.'],
    [
      'list p',
      "An entity name, 'p', was provided instead of a namespace. Valid namespaces are of the following format: /NAMESPACE.",
    ],
  ];
  for (const [words, message] of refused) {
    it(`C-55: refuses 'package ${words}' before any request`, async () => {
      const { status, stderr } = await rt.run(`package ${words}`);
      assert.equal(stderr.split('\n')[0], `error: ${message}`);
      assert.equal(status, 2);
      assert.deepEqual(rt.host.requests, []);
    });
  }
});
