import assert from 'node:assert/strict';
import type { RetentionLimits } from '../../src/lib/database/activation-retention.js';
import type { Store } from '../../src/lib/database/open-store.js';
import { VirtualClock } from '../helpers/virtual-clock.js';
import { entryOf } from './activation-store-contract.js';
import { storeFor } from './stores.js';

const minute = 60_000;
const day = 86_400_000;

describe('retention of activations (RS-109)', () => {
  const generous: RetentionLimits = { age: 7 * day, amount: 1_000_000, bytes: 1024 ** 3 };
  let clock: VirtualClock;
  let store: Store;

  async function open(limits: Partial<RetentionLimits>): Promise<void> {
    clock = new VirtualClock();
    store = await storeFor({ clock, retention: { ...generous, ...limits } });
  }

  async function putMany(amount: number, given: { readonly start: number; readonly record?: string }): Promise<void> {
    const entries = Array.from({ length: amount }, (_, index) =>
      entryOf(index, { ...given, start: given.start + index }),
    );
    await Promise.all(entries.map((entry) => store.activations.put(entry)));
    assert.equal(await count(), amount);
  }

  const count = (): Promise<number> => store.activations.count({ namespace: 'guest' });

  afterEach(() => store.close());

  it('removes the oldest records above the allowed number, and counts on', async () => {
    await open({ amount: 100 });
    await putMany(450, { start: clock.now() });
    await clock.advance(minute);
    assert.equal(await count(), 100);
    const [newest] = await store.activations.list({ namespace: 'guest', limit: 1, skip: 0, docs: false });
    assert.equal(newest, entryOf(449).summary);
    assert.equal(await store.activations.get('guest', entryOf(0).activationId), undefined);
  });

  it('removes records above the allowed bytes', async () => {
    await open({ bytes: 500_000 });
    await putMany(1000, { start: clock.now(), record: JSON.stringify('x'.repeat(1000)) });
    await clock.advance(minute);
    const left = await count();
    assert.ok(left > 400 && left < 500, String(left));
  });

  it('removes records older than the allowed age, without any write', async () => {
    await open({});
    await putMany(120, { start: clock.now() - 8 * day });
    await store.activations.put(entryOf(5000, { start: clock.now() }));
    assert.equal(await count(), 121);
    await clock.advance(2 * minute);
    assert.equal(await count(), 1);
  });

  it('does nothing to what is within the limits', async () => {
    await open({ amount: 100 });
    await putMany(100, { start: clock.now() });
    await clock.advance(10 * minute);
    assert.equal(await count(), 100);
  });
});
