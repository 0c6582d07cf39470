import assert from 'node:assert/strict';
import { ControllerUnderTest, type TestAnswer, textOf } from '../helpers/controller-under-test.js';

const code = 'function main(args) { return args; }';
const exec = { kind: 'nodejs:default', code };
const malformed = (detail: string): string => `The request content was malformed:\n${detail}`;

describe('bodies of actions', () => {
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

  it('23.50 malformed versions', async () => {
    for (const version of ['x', '0.0.0', 7, '', '1.-2', 'a.b.c', null]) {
      const { status, json } = await create({ version });
      assert.deepEqual([status, json['error']], [400, malformed('semantic version malformed')]);
    }
    assert.equal((await create({ version: '2' })).json['version'], '2.0.0');
  });

  it('23.52 a missing body is 400', async () => {
    const { status, json } = await api.send('PUT', name, {});
    assert.deepEqual([status, json['error']], [400, 'Request entity expected but not supplied']);
  });

  it('23.53 23.54 a body that is no JSON object is 400', async () => {
    for (const raw of ['[]', '"x"', '7', 'null', '1.0']) {
      const { status, json } = await api.send('PUT', name, { raw });
      assert.deepEqual([status, json['error']], [400, malformed('JSON object expected')], raw);
    }
    for (const raw of ['{"exec":', '{a:1}', ' ', "{'a':1}"]) {
      const { status, json } = await api.send('PUT', name, { raw });
      assert.equal(status, 400);
      assert.match(textOf(json['error']), /^The request content was malformed:\n./);
    }
  });

  it('23.55 another content type is 415', async () => {
    const headers = { 'Content-Type': 'text/plain' };
    const { status, json } = await api.send('PUT', name, { raw: '{}', headers });
    assert.equal(status, 415);
    assert.equal(
      json['error'],
      "The request's Content-Type [text/plain] is not supported. Expected:\napplication/json",
    );
    const charset = await api.send('PUT', name, {
      raw: JSON.stringify({ exec }),
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
    });
    assert.equal(charset.status, 200);
  });

  it('23.56 23.57 23.58 23.59 23.60 23.155 23.157 23.158 23.159 faults of exec', async () => {
    const cases: [unknown, RegExp][] = [
      [
        { kind: 'nosuch:1', code: 'x' },
        /The specified runtime 'nosuch:1' is not supported by this platform\. Valid values are: '.*'nodejs:20'/,
      ],
      [{ code: 'x' }, /\n'kind' must be a string defined in 'exec'$/],
      [{ kind: 7, code: 'x' }, /\n'kind' must be a string defined in 'exec'$/],
      [
        { kind: 'nodejs:default' },
        /\n'code' must be a string or attachment object defined in 'exec' for 'nodejs:20' actions$/,
      ],
      [{ kind: 'blackbox' }, /\n'image' must be a string defined in 'exec' for 'blackbox' actions$/],
      [{ kind: 'blackbox', image: 'A B' }, /\ncould not parse image name$/],
      [{ kind: 'java:default', code: 'AAAA' }, /\n'main' must be a string defined in 'exec' for 'java:8' actions$/],
      [{ kind: 'nodejs:20', code: '', main: 7 }, /\n'main' must be a string/],
      [{ kind: 'sequence' }, /\n'components' must be defined for sequence kind$/],
      [{ kind: 'sequence', components: 'a' }, /\n'components' must be an array$/],
      [
        { kind: 'sequence', components: ['a'] },
        /The fully qualified name of the entity must contain at least the namespace and the name of the entity\.$/,
      ],
      [{ kind: 'sequence', components: [] }, /^No component specified for the sequence\.$/],
      [{ kind: 'sequence', components: Array(51).fill('/_/a') }, /^Too many actions in the sequence\.$/],
      ['x', /malformed/],
    ];
    for (const [given, expected] of cases) {
      const { status, json } = await api.put(name, { exec: given });
      assert.equal(status, 400, JSON.stringify(given));
      assert.match(textOf(json['error']), expected);
    }
    assert.equal((await api.get(name)).status, 404);
  });

  it('23.61 blackbox code is optional and dropped when empty', async () => {
    const empty = await api.put(name, { exec: { kind: 'blackbox', image: 'u/i', code: '' } });
    assert.deepEqual(empty.json['exec'], { kind: 'blackbox', image: 'u/i', binary: false });
    const kept = await update({ exec: { kind: 'blackbox', image: 'reg.io:5000/u/i:v1', code: 'cc' } });
    assert.deepEqual(kept.json['exec'], { kind: 'blackbox', image: 'reg.io:5000/u/i:v1', binary: false, code: 'cc' });
    assert.deepEqual((await update({ exec: { kind: 'blackbox', image: 'u/i' } })).json['exec'], empty.json['exec']);
    assert.equal((await api.get(name)).json['exec']?.['code'], undefined);
  });

  it('23.62 23.63 23.64 code may be empty, base64 is binary, main is kept', async () => {
    assert.equal((await create({ exec: { ...exec, code: '' } })).json['exec']?.['code'], '');
    const zip = { kind: 'nodejs:20', code: 'UEsDBBQAAAAIAA==', binary: false, main: 'start' };
    assert.deepEqual((await update({ exec: zip })).json['exec'], { ...zip, binary: true });
    assert.deepEqual((await api.get(name)).json['exec'], { ...zip, binary: true });
  });

  it('23.66 23.67 malformed parameters', async () => {
    for (const parameters of [{ a: 1 }, [{ key: 'a' }], [{ value: 1 }], [7], 'x', [{ key: 7, value: 1 }], [null]]) {
      assert.equal((await create({ parameters })).json['error'], malformed('parameters malformed!'));
      assert.equal((await create({ annotations: parameters })).json['error'], malformed('parameters malformed!'));
    }
    const { json } = await create({ parameters: [{ key: 'a', value: null }] });
    assert.deepEqual(json['parameters'], [{ key: 'a', value: null }]);
  });

  it('23.70 23.71 limits out of range', async () => {
    const cases: [object, string][] = [
      [{ timeout: 50 }, 'duration 50 milliseconds below allowed threshold of 100 milliseconds'],
      [{ timeout: 300001 }, 'duration 300001 milliseconds exceeds allowed threshold of 300000 milliseconds'],
      [{ memory: 64 }, 'memory size 64 MB below allowed threshold of 128 MB'],
      [{ memory: 4096 }, 'memory size 4096 MB exceeds allowed threshold of 512 MB'],
      [{ logs: 11 }, 'log size 11 MB exceeds allowed threshold of 10 MB'],
      [{ concurrency: 0 }, 'concurrency 0 below allowed threshold of 1'],
      [{ concurrency: 2 }, 'concurrency 2 exceeds allowed threshold of 1'],
    ];
    for (const [limits, text] of cases) {
      const { status, json } = await create({ limits });
      assert.deepEqual([status, json['error']], [400, `requirement failed: ${text}`]);
    }
  });

  it('23.73 limits that are no whole numbers', async () => {
    for (const limits of [{ timeout: 'x' }, { memory: 128.5 }, { logs: null }, { concurrency: [1] }]) {
      assert.match(textOf((await create({ limits })).json['error']), /must be whole number/);
    }
    assert.equal((await create({ limits: 7 })).status, 400);
    const negative = await create({ limits: { instances: -1 } });
    assert.equal(negative.json['error'], malformed('Action container concurrency must be greater than or equal to 0.'));
  });

  it('23.74 parameter sets of more than 1 MB are 413', async () => {
    const large = [{ key: 'a', value: 'x'.repeat(1_048_576) }];
    const { status, json } = await create({ parameters: large });
    assert.deepEqual([status, json['error']], [413, 'parameters larger than allowed: 1048579 > 1048576 bytes.']);
    assert.match(textOf((await create({ annotations: large })).json['error']), /^annotations larger than allowed/);
    const fitting = [{ key: 'a', value: 'x'.repeat(1_048_573) }];
    assert.equal((await create({ parameters: fitting })).status, 200);
  });

  it('23.75 code of more than 48 MB is 413', async () => {
    const raw = `{"exec":{"kind":"nodejs:20","code":"${'a'.repeat(50_331_649)}"}}`;
    const { status, json } = await api.send('PUT', name, { raw });
    assert.deepEqual([status, json['error']], [413, 'exec larger than allowed: 50331649 > 50331648 bytes.']);
  });

  it('23.76 boolean query parameters', async () => {
    const bad = await api.put(`${name}?overwrite=maybe`, { exec });
    assert.equal(bad.status, 400);
    assert.equal(
      bad.json['error'],
      "The query parameter 'overwrite' was malformed:\n'maybe' is not a valid Boolean value",
    );
    assert.equal((await api.put(`${name}?overwrite=YES`, { exec })).status, 200);
    assert.equal((await api.put(`${name}?overwrite=1`, {})).status, 200);
    for (const query of ['overwrite=', 'overwrite=no', 'overwrite=off&overwrite=true', '']) {
      assert.equal((await api.put(`${name}?${query}`, { exec })).status, 409, query);
    }
  });

  it('RS-203 JSON of more than 200 levels is malformed', async () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    const body = (levels: number): string =>
      `{"exec":${JSON.stringify(exec)},"parameters":[{"key":"n","value":${nested(levels)}}]}`;
    assert.equal((await api.send('PUT', name, { raw: body(197) })).status, 200);
    const { status, json } = await api.send('PUT', `${name}b`, { raw: body(198) });
    assert.equal(status, 400);
    assert.match(textOf(json['error']), /^The request content was malformed:\nJSON input nested too deeply/);
    assert.equal((await api.send('PUT', `${name}b`, { raw: body(100_000) })).status, 400);
  });
});
