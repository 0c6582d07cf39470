/**
 * Program of the crash tests: opens the data folder in its first argument, accepts one activation and then creates entities and records
 * for ever. Prints `k` once the k-th of each is acknowledged. It is killed by the test.
 */
import { storeFor } from './stores.js';
import { keyOf, putOf } from './artifact-store-contract.js';
import { entryOf, openOf } from './activation-store-contract.js';

const [, , folder = ''] = process.argv;
const store = await storeFor({ folder });
await store.activations.accept(openOf(1_000_000));
for (let index = 1; ; index += 1) {
  await Promise.all([
    store.artifacts.commit([putOf(keyOf(`action-${String(index)}`), { code: `code ${String(index)}` })]),
    store.activations.put(entryOf(index)),
  ]);
  process.stdout.write(`${String(index)}\n`);
}
