import assert from 'node:assert/strict';
import { ControllerUnderTest, type Json, type TestAnswer } from '../helpers/controller-under-test.js';

const code = 'function main(args) { return args; }';
const exec = { kind: 'nodejs:default', code };

describe('actions: create, read, update, delete', () => {
  let api: ControllerUnderTest;
  let name = '';
  let count = 0;
  before(async () => {
    api = await new ControllerUnderTest().start();
  });
  after(() => api.dispose());
  beforeEach(() => {
    count += 1;
    name = `actions/a${String(count)}`;
  });

  const create = (body: object = {}): Promise<TestAnswer> => api.put(name, { exec, ...body });
  const update = (body: object): Promise<TestAnswer> => api.put(`${name}?overwrite=true`, body);
  const asMap = (pairs: Json | undefined): Map<unknown, unknown> =>
    new Map(Object.values(pairs ?? {}).map((pair) => [pair['key'], pair['value']]));

  it('23.38 23.39 a new action has the defaults', async () => {
    const { status, json } = await create();
    assert.equal(status, 200);
    assert.equal(typeof json['updated'], 'number');
    assert.deepEqual(
      { ...json, updated: 0 },
      {
        namespace: 'ns',
        name: name.slice('actions/'.length),
        version: '0.0.1',
        publish: false,
        annotations: [
          { key: 'provide-api-key', value: false },
          { key: 'exec', value: 'nodejs:20' },
        ],
        parameters: [],
        limits: { timeout: 60000, memory: 256, logs: 10, concurrency: 1 },
        exec: { kind: 'nodejs:20', binary: false, code },
        updated: 0,
      },
    );
  });

  it('leaves the code out of its answer for who prefers a minimal one (RFC 7240), and stores it', async () => {
    for (const prefer of ['return=minimal', 'respond-async, Return=Minimal']) {
      for (const body of [{ exec }, { version: '2.0.0' }]) {
        const answer = await api.put(`${name}?overwrite=true`, body, { headers: { prefer } });
        assert.equal(answer.status, 200);
        assert.equal(answer.headers['preference-applied'], 'return=minimal');
        assert.deepEqual(answer.json['exec'], { kind: 'nodejs:20', binary: false });
        assert.deepEqual((await api.get(name)).json['exec'], { kind: 'nodejs:20', binary: false, code });
      }
    }
    const whole = await api.put(
      `${name}?overwrite=true`,
      { version: '3.0.0' },
      { headers: { prefer: 'return=representation' } },
    );
    assert.deepEqual(whole.json['exec'], { kind: 'nodejs:20', binary: false, code });
    assert.equal(whole.headers['preference-applied'], undefined);
  });

  it('23.40 23.41 the client sets provide-api-key but not exec', async () => {
    const annotations = [
      { key: 'provide-api-key', value: 'x' },
      { key: 'exec', value: 'lie' },
    ];
    const map = asMap((await create({ annotations })).json['annotations']);
    assert.deepEqual([map.get('provide-api-key'), map.get('exec'), map.size], ['x', 'nodejs:20', 2]);
  });

  it('23.42 a second PUT of the same name is 409 and changes nothing', async () => {
    const first = await create();
    const { status, json } = await create({ version: '2.0.0' });
    assert.deepEqual([status, json['error']], [409, 'resource already exists']);
    assert.equal((await api.get(name)).text, first.text);
  });

  it('23.43 overwrite creates what is not there', async () => {
    assert.equal((await update({ exec })).json['version'], '0.0.1');
  });

  it('23.44 an empty update keeps code and counts the version up', async () => {
    await create();
    const { json } = await update({});
    assert.deepEqual([json['version'], json['exec']?.['code']], ['0.0.2', code]);
  });

  it('23.45 parameters replace', async () => {
    await create({ parameters: [{ key: 'p', value: 1 }] });
    assert.deepEqual((await update({ parameters: [{ key: 'q', value: 2 }] })).json['parameters'], [
      { key: 'q', value: 2 },
    ]);
  });

  it('23.46 23.47 23.48 annotations merge, delAnnotations go first', async () => {
    await create({
      annotations: [
        { key: 'x', value: 1 },
        { key: 'y', value: 2 },
      ],
    });
    const merged = asMap((await update({ annotations: [{ key: 'y', value: 3 }] })).json['annotations']);
    assert.deepEqual([merged.get('x'), merged.get('y')], [1, 3]);
    assert.equal(asMap((await update({ delAnnotations: ['y'] })).json['annotations']).has('y'), false);
    const both = await update({ delAnnotations: ['x'], annotations: [{ key: 'x', value: 9 }] });
    assert.equal(asMap(both.json['annotations']).get('x'), 9);
  });

  it('23.49 an explicit version is stored and counted up from', async () => {
    await create();
    assert.equal((await update({ version: '1.2.3' })).json['version'], '1.2.3');
    assert.equal((await update({})).json['version'], '1.2.4');
  });

  it('23.51 a new action needs exec', async () => {
    const { status, json } = await api.put(name, {});
    assert.deepEqual([status, json['error']], [400, 'exec undefined']);
  });

  it('23.65 kinds are trimmed and lower-cased', async () => {
    assert.equal((await create({ exec: { kind: ' NODEJS:DEFAULT ', code } })).json['exec']?.['kind'], 'nodejs:20');
  });

  it('23.68 23.69 the last duplicate wins; init is shown only when true', async () => {
    const parameters = [
      { key: 'a', value: 1 },
      { key: 'b', value: 2, init: true, encryption: 'none' },
      { key: 'c', value: 3, init: false },
      { key: 'a', value: { x: [] } },
    ];
    assert.deepEqual((await create({ parameters })).json['parameters'], [
      { key: 'a', value: { x: [] } },
      { key: 'b', value: 2, init: true },
      { key: 'c', value: 3 },
    ]);
  });

  it('23.72 absent limits keep their value', async () => {
    assert.deepEqual((await create({ limits: { memory: 128 } })).json['limits'], {
      timeout: 60000,
      memory: 128,
      logs: 10,
      concurrency: 1,
    });
    const { json } = await update({ limits: { logs: 1, instances: 3 } });
    assert.deepEqual(json['limits'], { timeout: 60000, memory: 128, logs: 1, concurrency: 1, instances: 3 });
  });

  it('23.77 23.78 GET equals the answer of PUT; code=false leaves the code out', async () => {
    const created = await create({ parameters: [{ key: 'p', value: 1 }] });
    assert.equal((await api.get(name)).text, created.text);
    assert.deepEqual((await api.get(`${name}?code=false`)).json['exec'], { kind: 'nodejs:20', binary: false });
  });

  it('large code comes back letter for letter, with its length announced', async () => {
    const large = `x${'\u{1f600}'.repeat(600_000)}`;
    const { text, headers } = await create({ exec: { ...exec, code: large } });
    assert.ok(text.includes(JSON.stringify(large)));
    assert.equal(headers['content-length'], String(Buffer.byteLength(text)));
    assert.equal(headers['content-type'], 'application/json');
    assert.equal((await api.get(name)).text, text);
  });

  it('23.79 23.80 a missing action is 404; DELETE answers the entity', async () => {
    const created = await create();
    const deleted = await api.delete(name);
    assert.deepEqual([deleted.status, deleted.text], [200, created.text]);
    for (const { status, json } of [await api.delete(name), await api.get(name)]) {
      assert.deepEqual([status, json['error']], [404, 'The requested resource does not exist.']);
    }
  });

  it('23.81 23.82 updated grows and cannot be set; unknown fields are ignored', async () => {
    const first = await create({ updated: 1, nonsense: {}, namespace: 'x', name: 'y' });
    const second = await update({ updated: 2 });
    assert.ok(Number(second.json['updated']) > Number(first.json['updated']));
    assert.equal(first.json['nonsense'], undefined);
    assert.equal(first.json['namespace'], 'ns');
  });

  it('23.83 a trailing slash asks for a package', async () => {
    await create();
    const { status, json } = await api.get(`${name}/`);
    assert.equal(status, 409);
    assert.equal(json['error'], 'Resource by this name exists but is not in this collection.');
  });

  it('methods that do not exist are 405 with Allow', async () => {
    for (const [method, path, allowed] of [
      ['PATCH', name, 'GET, PUT, POST, DELETE'],
      ['POST', 'actions', 'GET'],
      ['PUT', 'actions/p/', 'GET'],
      ['HEAD', name, 'GET, PUT, POST, DELETE'],
    ] as const) {
      const { status, headers } = await api.send(method, path, { raw: '{' });
      assert.deepEqual([status, headers['allow']], [405, allowed]);
    }
  });

  it('RS-161 of updates that read the same revision, one wins and the others are 409', async () => {
    await create();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => update({ parameters: [{ key: 'at', value: at }] })),
    );
    const won = answers.filter(({ status }) => status === 200);
    const lost = answers.filter(({ status }) => status !== 200);
    for (const { status, json } of lost) {
      assert.deepEqual([status, json['error']], [409, 'Concurrent modification to resource detected.']);
    }
    assert.equal((await api.get(name)).json['version'], `0.0.${String(won.length + 1)}`);
  });

  it('RS-204 keys such as __proto__ are data', async () => {
    const raw = `{"exec":${JSON.stringify(exec)},"parameters":[{"key":"__proto__","value":{"__proto__":{"polluted":1}}},{"key":"constructor","value":1}],"annotations":[{"key":"__proto__","value":2}]}`;
    const { text } = await api.send('PUT', name, { raw });
    assert.ok(text.includes('{"key":"__proto__","value":{"__proto__":{"polluted":1}}}'), text);
    assert.ok(text.includes('{"key":"__proto__","value":2}'));
    assert.equal(('polluted' as keyof object) in {}, false);
    assert.equal((await api.get(name)).text, text);
  });

  it('keeps the digits of numbers', async () => {
    const numbers = '[1.0,1e3,12345678901234567890,0.1234567890123456789,-0,1E400]';
    const raw = `{"exec":${JSON.stringify(exec)},"parameters":[{"key":"n","value":${numbers}}]}`;
    const { text } = await api.send('PUT', name, { raw });
    assert.ok(text.includes(`"value":${numbers}`), text);
    assert.ok((await api.get(name)).text.includes(numbers));
  });

  it('a deprecated kind can be read and deleted, not updated or invoked', async () => {
    const manifest = { deprecated: false };
    const kinds = {
      toInfo: () => ({}),
      validValues: () => ['old:1'],
      resolve: () => ({ kind: 'old:1', requireMain: false, deprecated: manifest.deprecated }),
    };
    const old = await new ControllerUnderTest({ manifest: kinds }).start();
    try {
      await old.put('actions/x', { exec: { kind: 'old:1', code } });
      manifest.deprecated = true;
      const text =
        "The 'old:1' runtime is no longer supported. You may read and delete but not update or invoke this action.";
      for (const { status, json } of [
        await old.put('actions/x?overwrite=true', {}),
        await old.put('actions/y', { exec: { kind: 'old:1', code } }),
        await old.post('actions/x', {}),
      ]) {
        assert.deepEqual([status, json['error']], [400, text]);
      }
      assert.equal((await old.get('actions/x')).status, 200);
      assert.equal((await old.delete('actions/x')).status, 200);
    } finally {
      await old.dispose();
    }
  });

  it('RS-110 a document that cannot be read is 500 for that entity only', async () => {
    const key = { namespace: 'ns', package: '', name: 'damaged' };
    const put = { collection: 'actions' as const, key, document: { exec: 7 }, summary: '{}', updated: 1 };
    await api.artifacts.commit([{ put, expected: 0 }]);
    const { status, json } = await api.get('actions/damaged');
    assert.deepEqual([status, json['error']], [500, 'Resource is corrupted and cannot be read.']);
    assert.equal((await create()).status, 200);
  });
});
