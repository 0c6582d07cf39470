/**
 * Program of the crash tests: opens the data folder in its first argument and writes turns of twenty activations for ever, of which every
 * tenth is accepted before, and one more that is accepted and never ends. Prints how many have been acknowledged. It is killed by the test.
 */
import { entryOf, openOf } from './activation-store-contract.js';
import { storeFor } from './stores.js';

/** Activations in a turn; the last of them does not end. */
const turn = 20;

const [, , folder = ''] = process.argv;
const { activations } = await storeFor({ folder });
const record = JSON.stringify({ logs: ['x'.repeat(1500)] });
for (let last = turn; ; last += turn) {
  await activations.accept(openOf(last - 10));
  const ended = Array.from({ length: turn - 1 }, (_, index) => entryOf(last - turn + 1 + index, { record }));
  await Promise.all([...ended.map((entry) => activations.put(entry)), activations.accept(openOf(last))]);
  process.stdout.write(`${String(last)}\n`);
}
