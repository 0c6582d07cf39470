import assert from 'node:assert/strict';
import { ControllerUnderTest, type Json } from '../helpers/controller-under-test.js';

const exec = { kind: 'nodejs:default', code: 'function main() {}' };

describe('lists', () => {
  let api: ControllerUnderTest;
  before(async () => {
    api = await new ControllerUnderTest().start();
    for (const name of ['one', 'two', 'three']) {
      await api.put(`actions/${name}`, { exec, parameters: [{ key: 'p', value: 1 }] });
    }
    await api.put('actions/one?overwrite=true', {});
  });
  after(() => api.dispose());

  const names = async (query: string): Promise<unknown[]> => {
    const { status, json } = await api.get(`actions${query}`);
    assert.equal(status, 200);
    return Object.values(json).map((entry: Json) => entry['name']);
  };
  const refusal = async (path: string): Promise<unknown> => {
    const { status, json } = await api.get(path);
    assert.equal(status, 400);
    return json['error'];
  };

  it('23.84 records are summaries', async () => {
    const { json } = await api.get('actions?limit=1');
    assert.deepEqual(Object.keys(json[0] ?? {}), [
      'namespace',
      'name',
      'version',
      'publish',
      'annotations',
      'limits',
      'exec',
      'updated',
    ]);
    assert.deepEqual(json[0]?.['exec'], { binary: false });
  });

  it('23.85 the last updated comes first', async () => {
    assert.deepEqual(await names(''), ['one', 'three', 'two']);
  });

  it('23.86 23.90 limit and skip', async () => {
    assert.deepEqual(await names('?limit=1'), ['one']);
    assert.deepEqual(await names('?limit=0'), ['one', 'three', 'two']);
    assert.deepEqual(await names('?limit=200&skip=1'), ['three', 'two']);
    assert.deepEqual(await names('?limit=&skip='), ['one', 'three', 'two']);
    assert.deepEqual(await names('?skip=99999999999999999999'), []);
  });

  it('23.87 23.88 23.89 23.92 bad limit and skip, with the name of the collection', async () => {
    const malformed = (name: string, text: string): string => `The query parameter '${name}' was malformed:\n${text}`;
    for (const collection of ['actions', 'activations']) {
      assert.equal(
        await refusal(`${collection}?limit=201`),
        malformed('limit', `The value '201' is not in the range of 0 to 200 for ${collection}.`),
      );
      assert.equal(
        await refusal(`${collection}?limit=-1`),
        malformed('limit', `The value '-1' is not in the range of 0 to 200 for ${collection}.`),
      );
      assert.equal(
        await refusal(`${collection}?limit=x`),
        malformed('limit', `The value 'x' is not an integer for ${collection}.`),
      );
      assert.equal(
        await refusal(`${collection}?skip=-1`),
        malformed('skip', `The value '-1' is not greater than or equal to 0 for ${collection}.`),
      );
      assert.equal(
        await refusal(`${collection}?skip=1.5`),
        malformed('skip', `The value '1.5' is not an integer for ${collection}.`),
      );
    }
  });

  it('23.91 count honours skip and ignores limit', async () => {
    for (const [query, count] of [
      ['count=true', 3],
      ['count=true&limit=1', 3],
      ['count=true&skip=2', 1],
      ['count=true&skip=3', 0],
      ['count=true&skip=9', 0],
    ] as const) {
      assert.equal((await api.get(`actions?${query}`)).text, `{"actions":${String(count)}}`);
    }
  });

  it('23.94 a trailing slash is accepted', async () => {
    assert.deepEqual(await names('/'), ['one', 'three', 'two']);
  });

  it('23.95 POST actions is 405', async () => {
    assert.equal((await api.post('actions', {})).status, 405);
  });

  it('ignores unknown parameters', async () => {
    assert.deepEqual(await names('?docs=true&public=x&nonsense'), ['one', 'three', 'two']);
  });
});
