import assert from 'node:assert/strict';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

const base = '/api/v1/namespaces/_/rules';
const rule = {
  namespace: 'guest',
  name: 'r',
  version: '0.0.1',
  publish: false,
  annotations: [],
  updated: 0,
  status: 'active',
  trigger: { path: 'guest', name: 't' },
  action: { path: 'guest/pkg', name: 'hello' },
};
const missing = { status: 404, body: { error: 'The requested resource does not exist.', code: 'tid' } };
const gone = 'The requested resource does not exist. (code tid)';

describe('rt rule', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(async () => {
    await rt.close();
  });

  const joins: readonly [string, string, string, string][] = [
    ['r t hello', '_', '/_/t', '/_/hello'],
    ['r t pkg/hello', '_', '/_/t', '/_/pkg/hello'],
    ['/ns/r /ns/t /ns/pkg/hello', 'ns', '/ns/t', '/ns/pkg/hello'],
    ['ns/r ns/t ns/pkg/hello', 'ns', '/ns/t', '/ns/pkg/hello'],
    ['r t hello --namespace ns', 'ns', '/ns/t', '/ns/hello'],
  ];
  for (const [words, namespace, trigger, action] of joins) {
    it(`C-8, C-70: creates and updates with '${words}'`, async () => {
      for (const [verb, done, overwrite] of [
        ['create', 'created', 'false'],
        ['update', 'updated', 'true'],
      ] as const) {
        rt.host.expect(`PUT /api/v1/namespaces/${namespace}/rules/r?overwrite=${overwrite}`, { body: rule });
        assert.deepEqual(await rt.run(`rule ${verb} ${words}`), {
          status: 0,
          stdout: `ok: ${done} rule r\n`,
          stderr: '',
        });
        assert.deepEqual(rt.lastBody, { trigger, action });
      }
    });
  }

  it('C-53, C-57: hints at update when it exists, and passes on what else the host says', async () => {
    const put = `PUT ${base}/r?overwrite=false`;
    rt.host.expect(put, { status: 409, body: { error: 'resource already exists', code: 'tid' } });
    const exists = await rt.run('rule create r t hello');
    assert.deepEqual(exists, {
      status: 153,
      stdout: '',
      stderr:
        "error: Unable to create rule 'r': resource already exists (code tid)\nhint: use 'rt rule update r t hello' to replace it\n",
    });
    rt.host.expect(put, { status: 400, body: { error: 'trigger /guest/t does not exist', code: 'tid' } });
    const lost = await rt.run('rule create r t hello');
    assert.deepEqual(lost, {
      status: 144,
      stdout: '',
      stderr: "error: Unable to create rule 'r': trigger /guest/t does not exist (code tid)\n",
    });
  });

  describe('get', () => {
    const views: readonly [string, string][] = [
      ['r status', 'ok: got rule r, displaying field status\n"active"\n'],
      ['r Action.Name', 'ok: got rule r, displaying field Action.Name\n"hello"\n'],
      ['r -q trigger.path', '"guest"\n'],
      ['r --summary', 'rule /guest/r\n   (status: active)\n'],
      ['r --json', `${JSON.stringify(rule)}\n`],
      ['r --output name', '/guest/r\n'],
    ];
    for (const [words, stdout] of views) {
      it(`C-44, C-47, C-49: shows '${words}'`, async () => {
        rt.host.expect(`GET ${base}/r`, { body: rule });
        assert.deepEqual(await rt.run(`rule get ${words}`), { status: 0, stdout, stderr: '' });
      });
    }

    it('C-45: shows the rule in the order of the host', async () => {
      rt.host.expect(`GET ${base}/r`, { body: rule });
      const { stdout } = await rt.run('rule get r');
      assert.match(stdout, /^ok: got rule r\n\{\n {4}"namespace": "guest",\n {4}"name": "r",/);
      const { annotations: _, ...shown } = rule;
      assert.deepEqual(JSON.parse(stdout.slice(stdout.indexOf('{'))), shown);
    });
  });

  describe('enable, disable, status', () => {
    for (const [verb, status] of [
      ['enable', 'active'],
      ['disable', 'inactive'],
    ] as const) {
      it(`C-44: ${verb}s with one request`, async () => {
        rt.host.expect(`POST ${base}/r`, { body: 'OK' });
        assert.deepEqual(await rt.run(`rule ${verb} r`), { status: 0, stdout: `ok: ${verb}d rule r\n`, stderr: '' });
        assert.deepEqual(rt.lastBody, { status });
      });

      it(`C-49: shows the rule for ${verb} --json`, async () => {
        rt.host.expect(`POST ${base}/r`, { body: 'OK' }).expect(`GET ${base}/r`, { body: { ...rule, status } });
        assert.deepEqual(JSON.parse((await rt.run(`rule ${verb} r --json`)).stdout), { ...rule, status });
      });

      it(`C-53: says what could not be ${verb}d`, async () => {
        rt.host.expect(`POST ${base}/r`, missing);
        const { status: exit, stderr } = await rt.run(`rule ${verb} r`);
        assert.deepEqual([exit, stderr], [148, `error: Unable to ${verb} rule 'r': ${gone}\n`]);
      });
    }

    const answers: readonly [string, string][] = [
      ['', 'ok: rule r is active\n'],
      [' --quiet', 'active\n'],
      [' --json', '{"name":"r","status":"active"}\n'],
      [' --output name', '/guest/r\n'],
    ];
    for (const [words, stdout] of answers) {
      it(`C-44: tells the status with '${words.trim()}'`, async () => {
        rt.host.expect(`GET ${base}/r`, { body: rule });
        assert.deepEqual(await rt.run(`rule status r${words}`), { status: 0, stdout, stderr: '' });
      });
    }

    it('C-53: says whose status could not be read', async () => {
      rt.host.expect(`GET ${base}/r`, missing);
      assert.equal((await rt.run('rule status r')).stderr, `error: Unable to get status of rule 'r': ${gone}\n`);
    });
  });

  describe('delete', () => {
    it('C-44: deletes several, and accepts --force', async () => {
      rt.host.expect(`DELETE ${base}/r`, { body: rule }).expect(`DELETE ${base}/s`, { body: rule });
      assert.deepEqual(await rt.run('rule delete r s -f'), {
        status: 0,
        stdout: 'ok: deleted rule r\nok: deleted rule s\n',
        stderr: '',
      });
    });

    it('disables first with --disable', async () => {
      rt.host.expect(`POST ${base}/r`, { body: 'OK' }).expect(`DELETE ${base}/r`, { body: rule });
      assert.equal((await rt.run('rule delete r --disable')).status, 0);
      assert.deepEqual(JSON.parse(rt.host.requests[0]?.body ?? ''), { status: 'inactive' });
    });

    it('C-49: gives one document for one rule, and an array for several', async () => {
      rt.host.expect(`DELETE ${base}/r`, { body: rule });
      assert.deepEqual(JSON.parse((await rt.run('rule delete r --json')).stdout), rule);
      rt.host.expect(`DELETE ${base}/r`, { body: rule }).expect(`DELETE ${base}/s`, missing);
      const { stdout } = await rt.run('rule delete r s --if-exists --json');
      assert.deepEqual(JSON.parse(stdout), [rule, null]);
    });

    it('does not mind with --if-exists that a rule does not exist', async () => {
      rt.host.expect(`POST ${base}/r`, missing);
      assert.deepEqual(await rt.run('rule delete r --if-exists --disable'), {
        status: 0,
        stdout: 'ok: rule r does not exist\n',
        stderr: '',
      });
      rt.host.expect(`DELETE ${base}/r`, missing);
      assert.deepEqual(await rt.run('rule delete r'), {
        status: 148,
        stdout: '',
        stderr: `error: Unable to delete rule 'r': ${gone}\n`,
      });
    });
  });

  describe('list', () => {
    const page = `GET ${base}?limit=30&skip=0`;
    const { status: _, ...listed } = rule;

    it("C-46, C-70: begins every row with wsk's columns, the status from a request of its own", async () => {
      rt.host.expect(page, { body: [listed] }).expect(`GET ${base}/r`, { body: rule });
      assert.deepEqual(await rt.run('rule list'), {
        status: 0,
        stdout: 'rules\n/guest/r private active /guest/t → /guest/pkg/hello\n',
        stderr: '',
      });
    });

    it('C-70: shows ? and a warning for a status that cannot be read', async () => {
      rt.host.expect(page, { body: [listed] }).expect(`GET ${base}/r`, missing);
      assert.deepEqual(await rt.run('rule list'), {
        status: 0,
        stdout: 'rules\n/guest/r private ? /guest/t → /guest/pkg/hello\n',
        stderr: `warning: Unable to get status of rule 'r': ${gone}\n`,
      });
    });

    it('C-49: gives the rules with their status as one document', async () => {
      rt.host.expect(page, { body: [listed] }).expect(`GET ${base}/r`, { body: rule });
      assert.deepEqual(JSON.parse((await rt.run('rule list --json')).stdout), [rule]);
    });

    it('C-46: asks for nothing but the list for names alone', async () => {
      rt.host.expect(page, { body: [listed] });
      assert.equal((await rt.run('rule list --output name')).stdout, '/guest/r\n');
    });

    it('C-49: counts', async () => {
      rt.host.expect(`GET ${base}?count=true`, { body: { rules: 2 } });
      assert.equal((await rt.run('rule list --count')).stdout, 'You have 2 rules in this namespace.\n');
    });
  });

  const needed = 'Invalid argument(s). A rule name is required.';
  const allNeeded = 'Invalid argument(s). A rule, trigger and action name are required.';
  const refused: readonly [string, string][] = [
    ['create', allNeeded],
    ['create r t', allNeeded],
    ['update r', allNeeded],
    ['create r t a b', 'Invalid argument(s): b. A rule, trigger and action name are required.'],
    ['get', needed],
    ['enable', needed],
    ['disable', needed],
    ['status', needed],
    ['delete', needed],
    ['create r a/b/c hello', "'a/b/c' is not a valid qualified name: A valid qualified name must be specified."],
    ['create r t a//b', "'a//b' is not a valid qualified name: A valid qualified name must be specified."],
    ['delete r s/', "'s/' is not a valid qualified name: A valid qualified name must be specified."],
    ['get r foo', "Invalid field filter 'foo'."],
    [
      'list foo',
      "An entity name, 'foo', was provided instead of a namespace. Valid namespaces are of the following format: /NAMESPACE.",
    ],
  ];
  for (const [words, message] of refused) {
    it(`C-55: refuses 'rule ${words}' before any request`, async () => {
      const { status, stderr } = await rt.run(`rule ${words}`);
      assert.equal(stderr.split('\n')[0], `error: ${message}`);
      assert.equal(status, 2);
      assert.deepEqual(rt.host.requests, []);
    });
  }
});
