/**
 * Program of the disk-full test. Fills the small file system in its first argument through a store, looks at what still works, frees space
 * and writes again. Prints what it saw as JSON.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { StoreFull } from '../../src/lib/database/store-errors.js';
import { entryOf } from './activation-store-contract.js';
import { keyOf, putOf } from './artifact-store-contract.js';
import { storeFor } from './stores.js';

const [, , room = ''] = process.argv;
const folder = join(room, 'data');
const ballast = join(room, 'ballast');
mkdirSync(folder, { mode: 0o700 });
writeFileSync(ballast, Buffer.alloc(10 * 1024 * 1024));
const store = await storeFor({ folder });

const kindOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'stored',
    (error: unknown) => (error instanceof StoreFull ? error.message : `other: ${String(error)}`),
  );
const record = async (index: number): Promise<void> => {
  await store.activations.put(entryOf(index, { record: JSON.stringify('x'.repeat(100_000)) }));
  // Activations end in turns of the event loop, and what waits is stored between these.
  await turn();
};

let stored = 0;
while ((await kindOf(record(stored))) === 'stored') stored += 1;
const whileFull = {
  stored,
  activation: await kindOf(record(stored)),
  entity: await kindOf(store.artifacts.commit([putOf(keyOf('a'), { code: 'x'.repeat(200_000) })])),
  counted: await store.activations.count({ namespace: 'guest' }),
  readable: (await store.activations.get('guest', entryOf(0).activationId)) !== undefined,
};
rmSync(ballast);
const afterwards = {
  activation: await kindOf(record(stored)),
  entity: await kindOf(store.artifacts.commit([putOf(keyOf('a'), { code: 'x'.repeat(200_000) })])),
  counted: await store.activations.count({ namespace: 'guest' }),
  found: (await store.artifacts.find(keyOf('a')))?.revision !== undefined,
};
await store.close();
const again = await storeFor({ folder });
const reopened = { unclean: again.unclean, counted: await again.activations.count({ namespace: 'guest' }) };
process.stdout.write(JSON.stringify({ whileFull, afterwards, reopened }));
