import assert from 'node:assert/strict';
import {
  type ArtifactStore,
  type Change,
  type Collection,
  type EntityKey,
  RevisionConflict,
} from '../../src/lib/database/artifact-store.js';
import { parseJson, stringifyJson } from '../../src/lib/entity/json.js';

/** The key of an entity of the namespace `guest`. */
export function keyOf(name: string, inPackage = ''): EntityKey {
  return { namespace: 'guest', package: inPackage, name };
}

/** A write of an entity whose document and summary carry its name and `tag`. */
export function putOf(
  key: EntityKey,
  options: {
    readonly expected?: number;
    readonly code?: string | null;
    readonly tag?: string;
    readonly updated?: number;
    readonly collection?: Collection;
  } = {},
): Change {
  const document = { name: key.name, tag: options.tag ?? '' };
  return {
    put: {
      collection: options.collection ?? 'actions',
      key,
      document,
      summary: JSON.stringify(document),
      updated: options.updated ?? 1000,
      ...(options.code === undefined ? {} : { code: options.code }),
    },
    expected: options.expected ?? 0,
  };
}

/** What every ArtifactStore does. `open` gives a new empty store for each test. */
export function describeArtifactStore(name: string, open: () => Promise<ArtifactStore>): void {
  describe(`ArtifactStore: ${name}`, () => {
    let store: ArtifactStore;
    beforeEach(async () => {
      store = await open();
    });

    it('gives back what was put, with its collection and revision', async () => {
      const [revision = 0] = await store.commit([putOf(keyOf('hello', 'pack'), { tag: 'x' })]);
      const found = await store.find(keyOf('hello', 'pack'));
      assert.deepEqual(found, {
        collection: 'actions',
        key: keyOf('hello', 'pack'),
        revision,
        document: { name: 'hello', tag: 'x' },
      });
      assert.equal(await store.find(keyOf('hello')), undefined);
      assert.equal(await store.find({ ...keyOf('hello', 'pack'), namespace: 'other' }), undefined);
    });

    it('finds a name whatever its collection is, so that a conflict can be reported', async () => {
      await store.commit([putOf(keyOf('same'), { collection: 'triggers' })]);
      assert.equal((await store.find(keyOf('same')))?.collection, 'triggers');
    });

    it('never uses a revision twice, across entities and deletions', async () => {
      const [first = 0] = await store.commit([putOf(keyOf('a'))]);
      const [second = 0] = await store.commit([putOf(keyOf('b'))]);
      assert.deepEqual(await store.commit([{ delete: keyOf('a'), expected: first }]), [0]);
      const [third = 0] = await store.commit([putOf(keyOf('a'))]);
      assert.ok(first < second && second < third);
    });

    it('refuses an outdated revision and stores nothing of the transaction', async () => {
      const [revision = 0] = await store.commit([putOf(keyOf('a'), { tag: 'old' })]);
      const changes = [putOf(keyOf('new')), putOf(keyOf('a'), { expected: revision + 1, tag: 'lost' })];
      await assert.rejects(store.commit(changes), RevisionConflict);
      assert.equal(await store.find(keyOf('new')), undefined);
      assert.deepEqual((await store.find(keyOf('a')))?.document, { name: 'a', tag: 'old' });
      assert.equal(await store.count({ namespace: 'guest', collection: 'actions' }), 1);
    });

    it('refuses a transaction whose package is missing, or not empty at that point of it', async () => {
      const held = { package: keyOf('p'), must: 'exist' as const };
      const empty = { package: keyOf('p'), must: 'be empty' as const };
      const inPackage = putOf(keyOf('x', 'p'));
      await assert.rejects(store.commit([held, inPackage]), RevisionConflict);
      await store.commit([putOf(keyOf('p'))]);
      await assert.rejects(store.commit([held, inPackage]), RevisionConflict);
      await store.commit([{ delete: keyOf('p'), expected: (await store.find(keyOf('p')))?.revision ?? 0 }]);
      const [first = 0] = await store.commit([putOf(keyOf('p'), { collection: 'packages' })]);
      const [nothing, second = 0] = await store.commit([held, inPackage]);
      assert.equal(nothing, 0);
      await assert.rejects(store.commit([empty, { delete: keyOf('p'), expected: first }]), RevisionConflict);
      const deletions = [{ delete: keyOf('x', 'p'), expected: second }, empty, { delete: keyOf('p'), expected: first }];
      assert.deepEqual(await store.commit(deletions), [0, 0, 0]);
      assert.equal(await store.find(keyOf('p')), undefined);
    });

    it('refuses to create what exists and to delete what does not', async () => {
      await store.commit([putOf(keyOf('a'))]);
      await assert.rejects(store.commit([putOf(keyOf('a'))]), RevisionConflict);
      await assert.rejects(store.commit([{ delete: keyOf('b'), expected: 7 }]), RevisionConflict);
    });

    it('keeps code until it is replaced or removed, and gives it for its own revision only', async () => {
      const [first = 0] = await store.commit([putOf(keyOf('a'), { code: 'one' })]);
      const [second = 0] = await store.commit([putOf(keyOf('a'), { expected: first })]);
      assert.equal(await store.code(keyOf('a'), second), 'one');
      assert.equal(await store.code(keyOf('a'), first), undefined);
      const [third = 0] = await store.commit([putOf(keyOf('a'), { expected: second, code: 'two' })]);
      assert.equal(await store.code(keyOf('a'), third), 'two');
      const [fourth = 0] = await store.commit([putOf(keyOf('a'), { expected: third, code: null })]);
      assert.equal(await store.code(keyOf('a'), fourth), undefined);
    });

    it('does not give the code of a deleted entity to its successor', async () => {
      const [first = 0] = await store.commit([putOf(keyOf('a'), { code: 'one' })]);
      await store.commit([{ delete: keyOf('a'), expected: first }]);
      const [second = 0] = await store.commit([putOf(keyOf('a'))]);
      assert.equal(await store.code(keyOf('a'), second), undefined);
    });

    it('keeps any text as code: NUL, halves of surrogate pairs, the empty text, 5 MB', async () => {
      const codes = ['a\u0000b', 'x\ud800y', '', 'é😀\u2028', 'x'.repeat(5_000_000)];
      for (const [index, code] of codes.entries()) {
        const key = keyOf(`code ${String(index)}`);
        const [revision = 0] = await store.commit([putOf(key, { code })]);
        assert.equal(await store.code(key, revision), code);
      }
    });

    it('keeps a document digit for digit, with keys that look like prototypes', async () => {
      const text = '{"n":12345678901234567890,"e":1.0,"__proto__":{"x":1},"nul":"\\u0000","half":"\\ud800"}';
      const document = parseJson(text);
      assert.ok(typeof document === 'object' && document !== null && !Array.isArray(document));
      const put = putOf(keyOf('exact'));
      assert.ok('put' in put);
      await store.commit([{ ...put, put: { ...put.put, document: { inner: document } } }]);
      const found = await store.find(keyOf('exact'));
      assert.equal(stringifyJson(found?.document ?? {}), `{"inner":${text}}`);
    });

    it('lists summaries of a collection, most recently updated first, in pages', async () => {
      await store.commit([
        putOf(keyOf('old'), { updated: 1 }),
        putOf(keyOf('new'), { updated: 3 }),
        putOf(keyOf('middle', 'pack'), { updated: 2 }),
        putOf(keyOf('rule'), { updated: 9, collection: 'rules' }),
      ]);
      const names = async (query: {
        readonly package?: string;
        readonly limit: number;
        readonly skip: number;
      }): Promise<unknown> =>
        (await store.list({ namespace: 'guest', collection: 'actions', ...query })).map(
          (text) => (JSON.parse(text) as { name: string }).name,
        );
      assert.deepEqual(await names({ limit: 10, skip: 0 }), ['new', 'middle', 'old']);
      assert.deepEqual(await names({ limit: 1, skip: 1 }), ['middle']);
      assert.deepEqual(await names({ package: '', limit: 10, skip: 0 }), ['new', 'old']);
      assert.deepEqual(await names({ package: 'pack', limit: 10, skip: 0 }), ['middle']);
      assert.deepEqual(await names({ package: 'none', limit: 10, skip: 0 }), []);
    });

    it('counts by namespace, collection and package through creations, updates and deletions', async () => {
      const [a = 0] = await store.commit([
        putOf(keyOf('a')),
        putOf(keyOf('b', 'pack')),
        putOf(keyOf('t'), { collection: 'triggers' }),
      ]);
      await store.commit([putOf(keyOf('a'), { expected: a })]);
      const count = (collection: Collection, inPackage?: string): Promise<number> =>
        store.count({
          namespace: 'guest',
          collection,
          ...(inPackage === undefined ? {} : { package: inPackage }),
        });
      assert.deepEqual(
        [await count('actions'), await count('actions', ''), await count('actions', 'pack'), await count('triggers')],
        [2, 1, 1, 1],
      );
      const b = await store.find(keyOf('b', 'pack'));
      await store.commit([{ delete: keyOf('b', 'pack'), expected: b?.revision ?? 0 }]);
      assert.deepEqual([await count('actions'), await count('actions', 'pack')], [1, 0]);
      assert.equal(await store.count({ namespace: 'other', collection: 'actions' }), 0);
    });

    it('lets exactly one of many concurrent updates of one revision win (RS-106, RS-161)', async () => {
      let [revision = 0] = await store.commit([putOf(keyOf('a'), { code: 'tag 0', tag: '0' })]);
      for (let round = 1; round <= 20; round += 1) {
        const tags = Array.from({ length: 10 }, (_, index) => `${String(round)}.${String(index)}`);
        const results = await Promise.allSettled(
          tags.map((tag) => store.commit([putOf(keyOf('a'), { expected: revision, code: `tag ${tag}`, tag })])),
        );
        const won = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
        assert.equal(won.length, 1);
        [revision = 0] = won;
        const found = await store.find(keyOf('a'));
        assert.equal(
          await store.code(keyOf('a'), revision),
          `tag ${JSON.parse(JSON.stringify(found?.document['tag'])) as string}`,
        );
      }
    });
  });
}
