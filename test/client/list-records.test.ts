import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ListPage, type ListRecord, readList } from '../../src/lib/client/list-records.js';

/** A collection of numbered records behind pages of at most 200, as a server gives them. */
function collection(size: number): { readonly read: (page: ListPage) => Promise<ListRecord[]>; pages: ListPage[] } {
  const records = Array.from({ length: size }, (_, number) => ({ number }));
  const pages: ListPage[] = [];
  return {
    pages,
    read: (page) => {
      pages.push(page);
      assert.ok(page.limit <= 200);
      return Promise.resolve(records.slice(page.skip, page.skip + (page.limit === 0 ? 200 : page.limit)));
    },
  };
}

function numbers(records: readonly ListRecord[]): unknown[] {
  return records.map(({ number }) => number);
}

describe('readList', () => {
  it('gives what a list without pages would give', () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(700),
        fc.integer({ min: 1, max: 650 }),
        fc.nat(300),
        fc.boolean(),
        async (size, limit, skip, all) => {
          const { records } = await readList(collection(size).read, { limit, skip, all });
          const expected = Array.from({ length: size }, (_, number) => number).slice(
            skip,
            all ? undefined : skip + limit,
          );
          assert.deepEqual(numbers(records), expected);
        },
      ),
    ));

  it('fills the limit with accepted records only', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(900), fc.integer({ min: 1, max: 50 }), async (size, limit) => {
        const isHundred = ({ number }: ListRecord): boolean => Number(number) % 100 === 0;
        const { records, cut } = await readList(collection(size).read, { limit, skip: 0, all: false }, isHundred);
        assert.equal(records.length, Math.min(limit, Math.ceil(size / 100)));
        assert.equal(cut, false);
      }),
    ));

  it('asks whether more exist only when the default limit is full', async () => {
    for (const [size, requests, cut] of [
      [29, 1, false],
      [30, 2, false],
      [31, 2, true],
    ] as const) {
      const server = collection(size);
      assert.equal((await readList(server.read, { skip: 0, all: false })).cut, cut);
      assert.equal(server.pages.length, requests);
    }
  });
});
