/**
 * Program of the disk-full test. Fills the small file system in its first argument with records that wait for the tables, more than SQLite's
 * cache holds, and reads them. Prints what it saw as JSON, and ends as a platform that is killed.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { entryOf } from './activation-store-contract.js';
import { storeFor } from './stores.js';

const [, , room = ''] = process.argv;
const folder = join(room, 'data');
mkdirSync(folder, { mode: 0o700 });
const store = await storeFor({ folder });
const record = JSON.stringify('x'.repeat(100_000));
let stored = 0;
const put = (): Promise<boolean> =>
  store.activations.put(entryOf(stored, { record })).then(
    () => true,
    () => false,
  );
while (await put()) stored += 1;
const counted = await store.activations.count({ namespace: 'guest' });
process.stdout.write(JSON.stringify({ stored, counted }), () => process.exit());
