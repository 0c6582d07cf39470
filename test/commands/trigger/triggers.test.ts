import assert from 'node:assert/strict';
import { StubbedRt } from '../../helpers/stubbed-rt.js';
import { base, gone, id, missing, stored, withFeed } from './stored-triggers.js';

describe('rt trigger', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
    await rt.folder.write('p.json', '{"b":2}');
  });

  afterEach(async () => {
    await rt.close();
  });

  describe('create', () => {
    it('C-29, C-44: sends one PUT and says what was created', async () => {
      rt.host.expect(`PUT ${base}/t?overwrite=false`, { body: stored });
      assert.deepEqual(await rt.run('trigger create t -p a 1 -P p.json -a note hi'), {
        status: 0,
        stdout: 'ok: created trigger t\n',
        stderr: '',
      });
      assert.deepEqual(rt.lastBody, {
        parameters: [
          { key: 'b', value: 2 },
          { key: 'a', value: 1 },
        ],
        annotations: [{ key: 'note', value: 'hi' }],
      });
    });

    it('C-29: leaves out what was not given', async () => {
      rt.host.expect(`PUT ${base}/t?overwrite=false`, { body: stored });
      await rt.run('trigger create t');
      assert.deepEqual(rt.lastBody, {});
    });

    it('C-8: takes a namespace with and without a leading slash', async () => {
      for (const word of ['/ns/t', 'ns/t']) {
        rt.host.expect('PUT /api/v1/namespaces/ns/triggers/t?overwrite=false', { body: stored });
        assert.equal((await rt.run(`trigger create ${word}`)).stdout, 'ok: created trigger t\n');
      }
    });

    it("C-49: prints the server's entity with --json", async () => {
      rt.host.expect(`PUT ${base}/t?overwrite=false`, { body: stored });
      assert.deepEqual(JSON.parse((await rt.run('trigger create t --json')).stdout), stored);
    });

    it('C-57: hints at update when it exists', async () => {
      rt.host.expect(`PUT ${base}/t?overwrite=false`, {
        status: 409,
        body: { error: 'resource already exists', code: 'tid' },
      });
      const { status, stderr } = await rt.run('trigger create t');
      assert.equal(status, 153);
      assert.equal(
        stderr,
        "error: Unable to create trigger 't': resource already exists (code tid)\nhint: use 'rt trigger update t' to change it\n",
      );
    });
  });

  describe('update', () => {
    it('C-64: sends one PUT when nothing concerns a feed', async () => {
      for (const [line, body] of [
        ['trigger update t', {}],
        ['trigger update t -T a 1', { parameters: [{ key: 'a', value: 1 }] }],
      ] as const) {
        rt.host.expect(`PUT ${base}/t?overwrite=true`, { body: stored });
        assert.equal((await rt.run(line)).stdout, 'ok: updated trigger t\n');
        assert.deepEqual(rt.lastBody, body);
      }
    });
  });

  describe('get', () => {
    it('C-44: shows the trigger without the lists in which nothing is', async () => {
      rt.host.expect(`GET ${base}/t`, { body: { ...stored, parameters: [{ key: 'a', value: 1 }] } });
      const { stdout } = await rt.run('trigger get t');
      const [head, ...json] = stdout.split('\n');
      assert.equal(head, 'ok: got trigger t');
      const { annotations: _, ...shown } = { ...stored, parameters: [{ key: 'a', value: 1 }] };
      assert.deepEqual(JSON.parse(json.join('\n')), shown);
    });

    const alone: readonly [string, string][] = [
      ['--no-feed -q name', '"t"\n'],
      ['NAME', 'ok: got trigger t, displaying field NAME\n"t"\n'],
      ['annotations.0.value --json', '"/_/pkg/feed"\n'],
      ['--summary', 'trigger /guest/t\n   (parameters: none defined)\n'],
      ['--output name', '/guest/t\n'],
    ];
    for (const [words, stdout] of alone) {
      it(`C-44, C-47: does not ask the feed for '${words}'`, async () => {
        rt.host.expect(`GET ${base}/t`, { body: withFeed });
        const line = words === '--output name' ? `${words} --no-feed` : words;
        assert.deepEqual(await rt.run(`trigger get t ${line}`), { status: 0, stdout, stderr: '' });
      });
    }

    it('C-47: describes parameters when there is no description', async () => {
      const keys = (names: string[]): object[] => names.map((key) => ({ key, value: 1 }));
      for (const [body, stdout] of [
        [{ parameters: keys(['b', 'a']) }, ': Returns a result based on parameters a and b\n   (parameters: *a, *b)'],
        [{ parameters: keys(['a']) }, ': Returns a result based on parameter a\n   (parameters: *a)'],
        [
          {
            parameters: keys(['a']),
            annotations: [
              { key: 'final', value: true },
              { key: 'description', value: 'does' },
            ],
          },
          ': does\n   (parameters: **a)',
        ],
      ] as const) {
        rt.host.expect(`GET ${base}/t`, { body: { ...stored, ...body } });
        assert.equal((await rt.run('trigger get t -s')).stdout, `trigger /guest/t${stdout}\n`);
      }
    });
  });

  describe('delete', () => {
    it('C-51: deletes several up to the first failure', async () => {
      rt.host
        .expect(`GET ${base}/a`, { body: stored })
        .expect(`DELETE ${base}/a`, { body: stored })
        .expect(`GET ${base}/b`, missing);
      assert.deepEqual(await rt.run('trigger delete a b c'), {
        status: 148,
        stdout: 'ok: deleted trigger a\n',
        stderr: `error: Unable to get trigger 'b': ${gone}\n`,
      });
    });

    it('does not mind with --if-exists that a trigger does not exist', async () => {
      rt.host.expect(`GET ${base}/b`, missing);
      assert.deepEqual(await rt.run('trigger delete b --if-exists'), {
        status: 0,
        stdout: 'ok: trigger b does not exist\n',
        stderr: '',
      });
    });
  });

  describe('fire', () => {
    const fire = `POST ${base}/t`;

    it('C-44, C-49: shows the activation', async () => {
      for (const [words, stdout] of [
        ['', `ok: triggered /_/t with id ${id}\n`],
        [' -q', `${id}\n`],
        [' --json', `{"activationId":"${id}"}\n`],
        [' --output name', `${id}\n`],
      ] as const) {
        rt.host.expect(fire, { status: 202, body: { activationId: id } });
        assert.deepEqual(await rt.run(`trigger fire t${words}`), { status: 0, stdout, stderr: '' });
      }
    });

    it('C-44, C-49: says that no active rule made an activation', async () => {
      for (const [words, stdout] of [
        ['', 'ok: triggered /_/t without an activation (no active rules)\n'],
        [' -q', ''],
        [' --json', '{"activationId":null}\n'],
      ] as const) {
        rt.host.expect(fire, { status: 204 });
        assert.deepEqual(await rt.run(`trigger fire t${words}`), { status: 0, stdout, stderr: '' });
      }
    });

    it('C-26, C-27, C-29: sends one object made of files, standard input and pairs', async () => {
      rt.host.expect(fire, { status: 204 });
      await rt.run('trigger fire t -p id 12345678901234567890 -P p.json -P -', { stdin: '{"c":3}' });
      assert.equal(rt.lastText, '{"b":2,"c":3,"id":12345678901234567890}');
      rt.host.expect(fire, { status: 204 });
      await rt.run('trigger fire t');
      assert.equal(rt.lastText, '{}');
    });

    it('C-53: names the trigger that is missing', async () => {
      rt.host.expect(fire, missing);
      const { status, stderr } = await rt.run('trigger fire t');
      assert.deepEqual([status, stderr], [148, `error: Unable to fire trigger 't': ${gone}\n`]);
    });
  });

  describe('list', () => {
    const page = `GET ${base}?limit=30&skip=0`;

    it("C-46: begins every row with wsk's columns", async () => {
      const listed = { ...withFeed, publish: false, updated: 0, rules: { 'guest/r': { status: 'active' } } };
      const { parameters: _, rules: __, ...summary } = listed;
      rt.host.expect(page, { body: [summary] }).expect(`GET ${base}/t`, { body: listed });
      const { stdout, stderr } = await rt.run('triggers ls');
      assert.match(stdout, /^triggers\n\/guest\/t private 1 active \/_\/pkg\/feed \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n$/);
      assert.equal(stderr, '');
    });

    it('C-70: shows ? and a warning for a trigger that cannot be read', async () => {
      rt.host
        .expect(page, { body: [{ namespace: 'guest', name: 't', annotations: [], updated: 0 }] })
        .expect(`GET ${base}/t`, missing);
      const { status, stdout, stderr } = await rt.run('trigger list');
      assert.equal(status, 0);
      assert.match(stdout, /^triggers\n\/guest\/t private \? - /);
      assert.equal(stderr, `warning: Unable to get trigger 't': ${gone}\n`);
    });

    it('C-46: asks for nothing but the list for names alone', async () => {
      rt.host.expect('GET /api/v1/namespaces/ns/triggers?limit=30&skip=0', {
        body: [
          { namespace: 'ns', name: 'b' },
          { namespace: 'ns', name: 'a' },
        ],
      });
      assert.equal((await rt.run('trigger list /ns --output name -n')).stdout, '/ns/a\n/ns/b\n');
    });

    it('C-49: counts', async () => {
      for (const [words, stdout] of [
        ['-c', 'You have 1 trigger in this namespace.\n'],
        ['--count --json', '{"triggers":1}\n'],
      ] as const) {
        rt.host.expect(`GET ${base}?count=true`, { body: { triggers: 1 } });
        assert.equal((await rt.run(`trigger list ${words}`)).stdout, stdout);
      }
    });

    it('C-53: calls the namespace of the key default, as wsk does', async () => {
      rt.host.expect(page, { status: 401, body: { error: 'The supplied authentication is invalid', code: 'tid' } });
      const { status, stderr } = await rt.run('trigger list');
      assert.equal(status, 145);
      assert.match(stderr, /^error: Unable to obtain the list of triggers for namespace 'default': The supplied/);
    });

    it('C-46: hints on a terminal how to make the first', async () => {
      rt.host.expect(page, { body: [] });
      const { stderr } = await rt.run('trigger list --no-color', { columns: 80 });
      assert.equal(stderr, 'hint: no triggers yet; create one with rt trigger create NAME\n');
    });
  });

  const needed = 'Invalid argument(s). A trigger name is required.';
  const mixed =
    'Incorrect usage. Cannot combine --feed-param or --trigger-param flag with neither --param nor --param-file flag';
  const refused: readonly [string, string][] = [
    ['create', needed],
    ['update', needed],
    ['get', needed],
    ['delete', needed],
    ['fire', needed],
    ['create a b', 'Invalid argument(s): b. A trigger name is required.'],
    ['fire t payload', 'Invalid argument(s): payload. A trigger name is required.'],
    ['create t -F a 1', 'Incorrect usage. Trigger without a feed cannot have feed parameters'],
    ['create t -f f -F a 1 -p b 2', mixed],
    ['create t -T a 1 -P p.json', mixed],
    ['update t -T a 1 --param-string b 2', mixed],
    ['create a/b/c', "'a/b/c' is not a valid qualified name: A valid qualified name must be specified."],
    ['create t --feed a//b', "'a//b' is not a valid qualified name: A valid qualified name must be specified."],
    ['get t foo', "Invalid field filter 'foo'."],
    [
      'list foo',
      "An entity name, 'foo', was provided instead of a namespace. Valid namespaces are of the following format: /NAMESPACE.",
    ],
    [
      'list /ns/foo',
      "An entity name, 'foo', was provided instead of a namespace. Valid namespaces are of the following format: /NAMESPACE.",
    ],
    ['list /a /b', 'Invalid argument(s): /b. An optional namespace is the only valid argument.'],
  ];
  for (const [words, message] of refused) {
    it(`C-55: refuses 'trigger ${words}' before any request`, async () => {
      const { status, stderr } = await rt.run(`trigger ${words}`);
      assert.equal(stderr.split('\n')[0], `error: ${message}`);
      assert.equal(status, 2);
      assert.deepEqual(rt.host.requests, []);
    });
  }
});
