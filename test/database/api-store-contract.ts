import assert from 'node:assert/strict';
import type { ApiStore } from '../../src/lib/database/api-store.js';

/** What every ApiStore does. */
export function describeApiStore(name: string, open: () => Promise<ApiStore>): void {
  describe(`ApiStore (${name})`, () => {
    it('gives each namespace its own APIs in the order of their base paths (RS-210)', async () => {
      const apis = await open();
      await apis.update('ns', '/b', () => '{"b":1}');
      await apis.update('ns', '/a', () => '{"a":1}');
      await apis.update('other', '/a', () => '{"other":1}');
      assert.deepEqual(await apis.list('ns'), [
        { basePath: '/a', document: '{"a":1}' },
        { basePath: '/b', document: '{"b":1}' },
      ]);
      assert.deepEqual(await apis.list('nobody'), []);
    });

    it('hands the document to its change, and removes it when the change gives none', async () => {
      const apis = await open();
      const seen: (string | undefined)[] = [];
      const set = (next: string | undefined) => (document: string | undefined) => {
        seen.push(document);
        return next;
      };
      await apis.update('ns', '/a', set('1'));
      await apis.update('ns', '/a', set('2'));
      await apis.update('ns', '/a', set(undefined));
      await apis.update('ns', '/a', set(undefined));
      assert.deepEqual(seen, [undefined, '1', '2', undefined]);
      assert.deepEqual(await apis.list('ns'), []);
    });

    it('changes nothing when the change throws, and goes on', async () => {
      const apis = await open();
      await apis.update('ns', '/a', () => '1');
      await assert.rejects(
        apis.update('ns', '/a', () => {
          throw new Error('no');
        }),
        /no/,
      );
      await apis.update('ns', '/a', (document) => `${document ?? ''}+`);
      assert.deepEqual(await apis.list('ns'), [{ basePath: '/a', document: '1+' }]);
    });

    it('loses no update of many at once', async () => {
      const apis = await open();
      const add = (mark: number): Promise<void> =>
        apis.update('ns', '/a', (document = '') => `${document}${String(mark % 10)}`);
      await Promise.all(Array.from({ length: 50 }, (_, mark) => add(mark)));
      assert.equal((await apis.list('ns'))[0]?.document.length, 50);
    });

    it("keeps any text as a base path: quotes, NUL, '%' (RS-210)", async () => {
      const apis = await open();
      const paths = ["/'; DROP TABLE apis; --", '/a\0b', '/%', '/\u{1f600}', '/a'];
      for (const path of paths) await apis.update('ns', path, () => JSON.stringify(path));
      assert.deepEqual((await apis.list('ns')).map(({ basePath }) => basePath).sort(), [...paths].sort());
    });
  });
}
