import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { ActivationEntry } from '../../src/lib/database/activation-store.js';
import type { Store } from '../../src/lib/database/open-store.js';
import { RecordingLog } from '../helpers/recording-log.js';
import { type TemporaryFolder, temporaryFolder } from '../helpers/temporary-folder.js';
import { settle, VirtualClock } from '../helpers/virtual-clock.js';
import { waitUntil } from '../helpers/wait-until.js';
import { entryOf, openOf } from './activation-store-contract.js';
import { storeFor } from './stores.js';

const guest = { namespace: 'guest' };
const everything = { ...guest, limit: 200, skip: 0, docs: true };

describe('activations behind a journal', () => {
  let folder: TemporaryFolder;
  let clock: VirtualClock;
  let store: Store;
  const others: { close(): Promise<void> }[] = [];
  beforeEach(async () => {
    folder = temporaryFolder();
    clock = new VirtualClock();
    store = await storeFor({ folder: folder.path, clock });
  });
  afterEach(async () => {
    for (const other of others.splice(0)) await other.close();
    await store.close();
    folder.dispose();
  });

  const journalPath = (): string => join(folder.path, 'activations.db-pending');
  const waiting = (): number => statSync(journalPath()).size;

  async function putMany(from: number, to: number, given: Partial<ActivationEntry> = {}): Promise<void> {
    const indices = Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
    await Promise.all(indices.map((index) => store.activations.put(entryOf(index, given))));
    // Activations end in turns of the event loop.
    await turn();
  }

  /** Folding pauses while the log is copied, which takes as long as the disk wants. */
  async function untilFolded(condition: () => boolean): Promise<void> {
    const folded = async (): Promise<boolean> => {
      await clock.advance(500);
      return condition();
    };
    await waitUntil('the journal is short', folded, 30_000);
  }

  /** Opens a copy of the data folder as it lies there now: what a platform finds that follows a killed one. */
  async function afterCrash(
    change: (copy: string) => void = () => undefined,
    log = new RecordingLog(),
  ): Promise<Store> {
    const copy = temporaryFolder();
    cpSync(folder.path, copy.path, { recursive: true });
    change(copy.path);
    const found = await storeFor({ folder: copy.path, log });
    others.push({
      async close() {
        await found.close();
        copy.dispose();
      },
    });
    return found;
  }

  it('shows a record in every read that follows its put', async () => {
    await store.activations.put(entryOf(1));
    assert.ok(waiting() > 0);
    assert.equal(await store.activations.get('guest', entryOf(1).activationId), entryOf(1).record);
    assert.deepEqual(await store.activations.list(everything), [entryOf(1).record]);
    await store.activations.put(entryOf(2));
    assert.equal(await store.activations.count(guest), 2);
    await store.activations.put(entryOf(3, { name: 'other' }));
    assert.equal(await store.activations.count({ ...guest, name: 'other' }), 1);
  });

  it('empties the journal a moment after a write, without any read', async () => {
    await putMany(1, 3);
    assert.ok(waiting() > 0);
    await clock.advance(500);
    assert.equal(waiting(), 0);
    assert.equal(await store.activations.count(guest), 3);
  });

  it('empties the journal when much waits, at once', async () => {
    await putMany(1, 200);
    await settle();
    assert.equal(waiting(), 0);
    await store.activations.put(entryOf(300, { record: JSON.stringify('x'.repeat(2_000_000)) }));
    await settle();
    assert.equal(waiting(), 0);
    assert.equal(await store.activations.count(guest), 201);
  });

  it('opens nothing for an activation that ends before the journal is emptied (P-28)', async () => {
    await store.activations.accept(openOf(1));
    await store.activations.put(entryOf(1));
    await store.activations.accept(openOf(2));
    assert.deepEqual(await store.activations.open(), [openOf(2)]);
    await store.activations.put(entryOf(2));
    assert.deepEqual(await store.activations.open(), []);
  });

  it('keeps what is open in a short journal while much else ends, and through a crash (RS-102, RS-104)', async () => {
    await store.activations.accept(openOf(9000));
    const record = JSON.stringify('x'.repeat(10_000));
    for (let index = 1; index <= 1000; index += 50) {
      await putMany(index, index + 49, { record });
    }
    await untilFolded(() => waiting() < 5_000_000);
    const found = await afterCrash();
    assert.deepEqual(await found.activations.open(), [openOf(9000)]);
    assert.equal(await found.activations.count(guest), 1000);
    await store.activations.put(entryOf(9000));
    await untilFolded(() => waiting() === 0);
  });

  it('stores what is open when it is stopped, so that the next start can close it (RS-104)', async () => {
    await store.activations.accept(openOf(1));
    await store.close();
    assert.deepEqual(readdirSync(folder.path).sort(), ['activations.db', 'entities.db']);
    store = await storeFor({ folder: folder.path, clock });
    assert.deepEqual(await store.activations.open(), [openOf(1)]);
    await store.activations.put(entryOf(1));
    assert.deepEqual(await store.activations.open(), []);
  });

  it('never opens again what has ended and left the journal', async () => {
    await store.activations.put(entryOf(1));
    await clock.advance(500);
    await store.activations.accept(openOf(1));
    assert.deepEqual(await store.activations.open(), []);
    assert.equal(waiting(), 0);
  });

  it('has after a crash what only the journal had (RS-102, RS-103)', async () => {
    await store.activations.accept(openOf(7));
    await putMany(1, 3);
    const log = new RecordingLog();
    const found = await afterCrash(undefined, log);
    assert.equal(found.unclean, true);
    assert.deepEqual(
      await found.activations.list(everything),
      [3, 2, 1].map((index) => entryOf(index).record),
    );
    assert.deepEqual(await found.activations.open(), [openOf(7)]);
    assert.deepEqual(log.lines, ['info database: 4 writes of the platform before this one are taken over']);
  });

  it('stores nothing twice when it was killed between the commit and the emptying of the journal', async () => {
    await store.activations.accept(openOf(7));
    await putMany(1, 3);
    await store.activations.put(entryOf(7));
    const kept = join(folder.path, 'kept');
    copyFileSync(journalPath(), kept);
    assert.equal(await store.activations.count(guest), 4);
    const found = await afterCrash((copy) => {
      copyFileSync(kept, join(copy, 'activations.db-pending'));
    });
    assert.equal(await found.activations.count(guest), 4);
    assert.deepEqual(await found.activations.open(), []);
    assert.deepEqual(
      await found.activations.list(everything),
      [7, 3, 2, 1].map((index) => entryOf(index).record),
    );
  });

  it('says that it leaves out what was torn, and keeps the rest', async () => {
    await putMany(1, 3);
    const log = new RecordingLog();
    const found = await afterCrash((copy) => {
      appendFileSync(join(copy, 'activations.db-pending'), 'torn');
    }, log);
    assert.equal(await found.activations.count(guest), 3);
    assert.match(log.lines[0] ?? '', /^warn database: 4 bytes of an activation that was never acknowledged/);
  });

  it('leaves no journal behind a stop (RS-145)', async () => {
    await putMany(1, 3);
    await store.close();
    assert.deepEqual(readdirSync(folder.path).sort(), ['activations.db', 'entities.db']);
    store = await storeFor({ folder: folder.path, clock });
    assert.equal(store.unclean, false);
    assert.equal(await store.activations.count(guest), 3);
  });

  it('counts every record while the log is copied into the file in the background', async () => {
    const record = JSON.stringify('x'.repeat(4000));
    const before = statSync(join(folder.path, 'activations.db')).size;
    for (let index = 1; index <= 6000; index += 100) {
      await putMany(index, index + 99, { record });
      assert.equal(await store.activations.count(guest), index + 99);
    }
    await waitUntil(
      'the file grows',
      () => statSync(join(folder.path, 'activations.db')).size > before + 5_000_000,
      30_000,
    );
    const found = await afterCrash();
    assert.equal(await found.activations.count(guest), 6000);
  });
});
