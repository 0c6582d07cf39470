import assert from 'node:assert/strict';
import type { ActivationEntry, ActivationStore, OpenActivation } from '../../src/lib/database/activation-store.js';

/** A record of the namespace `guest`; `index` makes its id. */
export function entryOf(index: number, given: Partial<ActivationEntry> = {}): ActivationEntry {
  const activationId = index.toString(16).padStart(32, '0');
  return {
    activationId,
    namespace: 'guest',
    name: 'hello',
    package: '',
    start: 1000 + index,
    record: `{"activationId":"${activationId}","logs":[]}`,
    summary: `{"activationId":"${activationId}"}`,
    ...given,
  };
}

/** The accepted form of `entryOf(index)`. */
export function openOf(index: number): OpenActivation {
  const { activationId, namespace, name, package: inPackage, start } = entryOf(index);
  return { activationId, namespace, name, package: inPackage, start, template: '{}' };
}

/** What every ActivationStore does. `open` gives a new empty store for each test. */
export function describeActivationStore(name: string, open: () => Promise<ActivationStore>): void {
  describe(`ActivationStore: ${name}`, () => {
    let store: ActivationStore;
    beforeEach(async () => {
      store = await open();
    });

    const everything = { limit: 200, skip: 0, docs: false } as const;

    it('gives back the text of a record in its own namespace only', async () => {
      const entry = entryOf(7);
      await store.put(entry);
      assert.equal(await store.get('guest', entry.activationId), entry.record);
      assert.equal(await store.get('other', entry.activationId), undefined);
      assert.equal(await store.get('guest', entryOf(8).activationId), undefined);
    });

    it('hides an accepted activation until its record replaces it (RS-102)', async () => {
      await store.accept(openOf(1));
      await store.accept(openOf(2));
      assert.equal(await store.get('guest', openOf(1).activationId), undefined);
      assert.equal(await store.count({ namespace: 'guest' }), 0);
      await store.put(entryOf(1));
      assert.deepEqual(await store.open(), [openOf(2)]);
      assert.equal(await store.count({ namespace: 'guest' }), 1);
    });

    it('closes an activation that is accepted and ends in one turn', async () => {
      await Promise.all([store.accept(openOf(1)), store.put(entryOf(1))]);
      assert.deepEqual(await store.open(), []);
    });

    it('never opens again what has ended', async () => {
      await store.put(entryOf(1));
      await store.accept(openOf(1));
      assert.deepEqual(await store.open(), []);
    });

    it('keeps one record for an id that is put twice, the later one', async () => {
      await store.put(entryOf(1));
      await store.put(entryOf(1, { record: '{"again":true}' }));
      assert.equal(await store.get('guest', entryOf(1).activationId), '{"again":true}');
      assert.equal(await store.count({ namespace: 'guest' }), 1);
    });

    it('lists summaries or whole records, newest start first, in pages', async () => {
      await Promise.all([2, 1, 3].map((index) => store.put(entryOf(index))));
      const query = { namespace: 'guest' };
      const summaries = [3, 2, 1].map((index) => entryOf(index).summary);
      assert.deepEqual(await store.list({ ...query, ...everything }), summaries);
      assert.deepEqual(await store.list({ ...query, limit: 1, skip: 1, docs: false }), summaries.slice(1, 2));
      assert.deepEqual(await store.list({ ...query, limit: 1, skip: 0, docs: true }), [entryOf(3).record]);
      assert.deepEqual(await store.list({ namespace: 'other', ...everything }), []);
    });

    it('filters by name, package and inclusive bounds of start', async () => {
      await Promise.all([
        store.put(entryOf(1)),
        store.put(entryOf(2, { package: 'pack' })),
        store.put(entryOf(3, { name: 'other' })),
      ]);
      const ids = async (filter: object): Promise<number[]> =>
        (await store.list({ namespace: 'guest', ...filter, ...everything })).map((text) =>
          Number.parseInt((JSON.parse(text) as { activationId: string }).activationId, 16),
        );
      const table: [object, number[]][] = [
        [{ name: 'hello' }, [2, 1]],
        [{ name: 'hello', package: '' }, [1]],
        [{ name: 'hello', package: 'pack' }, [2]],
        [{ since: 1002 }, [3, 2]],
        [{ upto: 1002 }, [2, 1]],
        [{ since: 1002, upto: 1002 }, [2]],
        [{ name: 'hello', since: 1002 }, [2]],
        [{ name: 'none' }, []],
      ];
      for (const [filter, expected] of table) {
        assert.deepEqual(await ids(filter), expected, JSON.stringify(filter));
        assert.equal(await store.count({ namespace: 'guest', ...filter }), expected.length, JSON.stringify(filter));
      }
    });

    it('has everything committed when flush resolves', async () => {
      const puts = [1, 2, 3].map((index) => store.put(entryOf(index)));
      await store.flush();
      assert.equal(await store.count({ namespace: 'guest' }), 3);
      await Promise.all(puts);
    });
  });
}
